package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.util.List;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;

/** Where the processes of a system run, and how they are started and asked there. */
public interface Site {
  /** All of them here, on the loopback interface. */
  Site HERE =
      new Site() {
        @Override
        public List<NodePlan> place(List<NodePlan> nodes) {
          return nodes;
        }

        @Override
        public List<String> command(NodePlan node, List<String> command) {
          return command;
        }

        @Override
        public HttpReply get(NodePlan node, String path, int timeoutMillis) throws IOException {
          return HttpConnection.get(node.http(), path, timeoutMillis);
        }
      };

  /** The nodes with the addresses that they have there. */
  List<NodePlan> place(List<NodePlan> nodes);

  /** What to run here so that {@code command} runs there, in the same process. */
  List<String> command(NodePlan node, List<String> command);

  /** Asks a node for its health or metrics. */
  HttpReply get(NodePlan node, String path, int timeoutMillis) throws IOException;
}
