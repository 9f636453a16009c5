package org.stockbazaar.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stockbazaar.protocol.message.Side;

/** What is an order, and what is said of everything else. */
class OrderBodyTest {
  private static RefusedException refusal(byte[] body) {
    return catchThrowableOfType(RefusedException.class, () -> OrderBody.parse(body));
  }

  private static RefusedException refusal(String body) {
    return refusal(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String order(String quantity) {
    return "{\"name\":\"A\",\"type\":\"buy\",\"quantity\":" + quantity + "}";
  }

  @Test
  void readsAnOrderInAnyOrderOfKeysAndWithSpace() throws RefusedException {
    String text =
        " {\r\n\t\"quantity\" : 1000000000 ,\"name\":\"a.B_9-\",\"type\":\"s\\u0065ll\"}\n";
    assertThat(OrderBody.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new OrderBody("a.B_9-", Side.SELL, 1_000_000_000));
  }

  @ParameterizedTest
  @Tag("G6")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0",
        "-1",
        "-0",
        "1.0",
        "1e2",
        "1E400",
        "1000000001",
        "99999999999999999999",
        "true",
        "null",
        "[]",
        "{}",
        "\"5\"",
        "0.5"
      })
  void refusesAQuantityThatIsNoWholeNumberInBounds(String quantity) {
    var refusal = refusal(order(quantity));
    assertThat(refusal.status().code()).isEqualTo(400);
    assertThat(refusal.getMessage())
        .startsWith("quantity: must be an integer from 1 to 1000000000, not '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"NaN", "01", "+1", "1.", ".5", "1_000", "1e", "Infinity", "-"})
  void refusesANumberThatIsNotJson(String quantity) {
    assertThat(refusal(order(quantity)).getMessage()).startsWith("body: not JSON at column ");
  }

  @Test
  void saysOnlyABitOfAHugeNumber() {
    assertThat(refusal(order("9".repeat(60_000))).getMessage())
        .hasSizeLessThan(200)
        .contains("60000 characters");
  }

  @ParameterizedTest
  @Tag("G6")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|name: missing",
        "{\"name\":\"A\",\"quantity\":1}|type: missing",
        "{\"name\":\"A\",\"type\":\"buy\"}|quantity: missing",
        "{\"name\":\"A\",\"name\":\"A\",\"type\":\"buy\",\"quantity\":1}|name: must stand once",
        "{\"name\":\"A\",\"type\":\"buy\",\"type\":\"buy\",\"quantity\":1}|type: must stand once",
        "{\"quantity\":1,\"quantity\":1,\"name\":\"A\",\"type\":\"buy\"}|quantity: must stand once",
        "{\"nam\\u0065\":\"A\",\"name\":\"A\"}|name: must stand once",
        "{\"Name\":\"A\"}|'Name': unknown key",
        "{\"price\":{\"a\":[[[[[[[[[[1]]]]]]]]]]}}|'price': unknown key",
        "{\"name\":5}|name: must be 1 to 40 characters of A-Z a-z 0-9 . _ -, as a string, not '5'",
        "{\"name\":\"\"}|name: must be 1 to 40 characters",
        "{\"name\":\"a b\"}|name: must be 1 to 40 characters",
        "{\"name\":[[[[[[[[[]]]]]]]]]}|name: must be 1 to 40 characters",
        "{\"type\":\"hold\"}|type: must be 'buy' or 'sell', not 'hold'",
        "{\"type\":\"BUY\"}|type: must be 'buy' or 'sell', not 'BUY'",
        "{\"type\":1}|type: must be 'buy' or 'sell', as a string, not '1'",
        "[]|body: an order is an object",
        "\"order\"|body: an order is an object",
        "17|body: an order is an object",
        "null|body: an order is an object",
        "{\"name\":\"A\",\"type\":\"buy\",\"quantity\":1} {}|body: one object and nothing behind it",
        "{\"name\":\"A\",\"type\":\"buy\",\"quantity\":1}}|body: not JSON",
        "{\"name\":\"A\",\"type\":\"buy\",\"quantity\":1,}|body: not JSON",
        "{\"name\":\"A\"|body: not JSON",
        "{'name':'A'}|body: not JSON",
        "{name:\"A\"}|body: not JSON",
        "{/* */\"name\":\"A\"}|body: not JSON",
        "{\"name\":\"\\ud800\"}|name: must be 1 to 40 characters",
        "{\"name\":\"\\x41\"}|body: not JSON",
        "hello|body: not JSON"
      })
  void namesFieldRuleAndValue(String body, String message) {
    assertThat(refusal(body).getMessage()).startsWith(message);
  }

  @Test
  @Tag("G6")
  void refusesBytesThatAreNotUtf8() {
    for (String bytes : new String[] {"\u00ff", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00c3"}) {
      byte[] body = ("{\"name\":\"" + bytes + "\"}").getBytes(StandardCharsets.ISO_8859_1);
      assertThat(refusal(body).getMessage()).isEqualTo("body: must be UTF-8");
    }
    var wide = order("1").getBytes(StandardCharsets.UTF_16BE);
    assertThat(refusal(wide).status().code()).isEqualTo(400);
    assertThat(refusal("\ufeff" + order("1")).status().code()).isEqualTo(400);
    assertThat(refusal("").getMessage()).startsWith("body: missing");
    assertThat(refusal(" \n").getMessage()).startsWith("body: missing");
  }
}
