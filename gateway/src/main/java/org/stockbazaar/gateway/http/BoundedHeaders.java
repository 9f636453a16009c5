package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.TooLongHttpHeaderException;

/** Headers of a request: few, since thousands of short ones would take far more heap than bytes. */
final class BoundedHeaders extends DefaultHttpHeaders {
  /** So many lines, at most. */
  static final int COUNT_MAX = 100;

  private int count;

  private BoundedHeaders(int buckets) {
    super(
        DefaultHttpHeadersFactory.headersFactory().getNameValidator(),
        DefaultHttpHeadersFactory.headersFactory().getValueValidator(),
        buckets);
  }

  /**
   * For the codec.
   *
   * @param buckets of each hash table, a power of two
   */
  record Factory(int buckets) implements HttpHeadersFactory {
    @Override
    public HttpHeaders newHeaders() {
      return new BoundedHeaders(buckets);
    }

    @Override
    public HttpHeaders newEmptyHeaders() {
      return new BoundedHeaders(buckets);
    }
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    if (++count > COUNT_MAX) {
      throw new TooLongHttpHeaderException("more than " + COUNT_MAX + " headers");
    }
    return super.add(name, value);
  }
}
