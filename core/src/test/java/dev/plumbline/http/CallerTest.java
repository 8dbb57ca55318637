package dev.plumbline.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.probe.CommandedService;
import dev.plumbline.probe.CommandedService.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void measures_an_answer_and_takes_it_as_it_is() throws Exception {
    try (CommandedService service = new CommandedService();
        Caller caller = new Caller(LONG, service)) {
      service.answers(n -> new Answer(503, "not now", Duration.ofMillis(70)));
      Call call = Call.post(service.at("/events?key=secret"), Map.of("X-Key", "k"), "{\"a\":1}");
      assertThat(caller.call(call))
          .isEqualTo(new Called.Answered(503, "not now", Duration.ofMillis(70)));
      assertThat(service.requests()).containsExactly("POST /events?key=secret {\"a\":1}");
      assertThat(call.toString()).endsWith("/events?key=***").doesNotContain("secret");
    }
  }

  @Test
  void says_when_nobody_is_there() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (Caller caller = new Caller(LONG, Time.SYSTEM)) {
      Called called =
          caller.call(Call.get(URI.create("http://127.0.0.1:" + closed + "/"), Map.of()));
      assertThat(called)
          .isInstanceOfSatisfying(
              Called.Silent.class,
              silent -> assertThat(silent.what()).isEqualTo("the connection was refused"));
    }
  }

  @Test
  void gives_up_when_its_time_is_over() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try (Caller caller = new Caller(Duration.ofMillis(100), Time.SYSTEM)) {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      assertThat(caller.call(Call.get(url, Map.of())))
          .isInstanceOfSatisfying(
              Called.Silent.class,
              silent -> assertThat(silent.what()).isEqualTo("no answer within 100 ms"));
    } finally {
      end.countDown();
      server.stop(0);
    }
  }
}
