package dev.plumbline.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.probe.CommandedService;
import dev.plumbline.probe.CommandedService.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final Subject SUBJECT =
      new Subject(
          "campus",
          "transform",
          "hierarchical-progress",
          Optional.of("d3"),
          OptionalLong.of(5_000),
          OptionalLong.of(50));
  private static final Duration TOOK = Duration.ofMillis(3);

  private final CommandedService service = new CommandedService();

  @AfterEach
  void close() {
    service.close();
  }

  private Notices begin(int every) {
    return Notices.begin(
        SUBJECT, List.of(Webhook.of(service.at("/hook/s3cret").toString(), every)), service);
  }

  private static Ending succeeded() {
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("transformed", 2_300L);
    figures.put("unchanged", 2_050L);
    return new Ending(Optional.of("d3"), "succeeded", 0, figures);
  }

  private List<JsonNode> arrived() {
    return service.requests().stream()
        .map(request -> request.replaceFirst("^POST /hook/s3cret ", ""))
        .map(NoticesTest::json)
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> texts() {
    return arrived().stream().map(notice -> notice.path("text").asText()).toList();
  }

  @Test
  void a_run_is_told_from_its_beginning_to_its_end() {
    Notices notices = begin(20);
    for (int batch = 0; batch < 50; batch++) {
      notices.committed(100, TOOK);
    }
    notices.finished(succeeded());
    assertThat(notices.end()).isEmpty();
    String title = "campus: transform hierarchical-progress (run d3): ";
    assertThat(texts())
        .containsExactly(
            title + "has started: 5,000 planned",
            title + "batch 20 of 50, 2,000 changed",
            title + "batch 40 of 50, 4,000 changed",
            title + "succeeded (exit code 0): 2,300 transformed, 2,050 unchanged");
    JsonNode last = arrived().getLast();
    assertThat(last.path("event").asText()).isEqualTo("finished");
    assertThat(last.path("run").asText()).isEqualTo("d3");
    assertThat(last.path("figures").path("transformed").asLong()).isEqualTo(2_300);
    assertThat(last.path("at").asText()).startsWith("2026-11-21T12:00:00");
  }

  @Test
  void more_batches_than_were_planned_are_not_counted_against_the_plan() {
    Notices notices = begin(51);
    for (int batch = 0; batch < 51; batch++) {
      notices.committed(1, TOOK);
    }
    assertThat(notices.end()).isEmpty();
    assertThat(texts().get(1)).endsWith(": batch 51, 51 changed");
  }

  @Test
  void trouble_is_told_once_in_ten_seconds_and_without_the_database_s_words() {
    Notices notices = begin(1);
    for (int row = 0; row < 1_000; row++) {
      notices.quarantined("Key (email)=(ada@example.com) already exists.");
    }
    notices.retrying("deadlock detected", TOOK);
    service.sleep(Duration.ofSeconds(10));
    notices.quarantined("Key (email)=(bob@example.com) already exists.");
    notices.holding("the standby is 90 s behind");
    notices.finished(succeeded());
    assertThat(notices.end()).isEmpty();
    assertThat(texts())
        .extracting(text -> text.replaceFirst("^.*\\): (?=[0-9])", ""))
        .containsSubsequence(
            "1 rows or documents were set aside",
            "1 times something was tried again",
            "1,001 rows or documents were set aside",
            "1 times it held because of the server");
    assertThat(arrived().getLast().path("troubles").path("set_aside").asLong()).isEqualTo(1_001);
    assertThat(service.requests()).noneMatch(request -> request.contains("example.com"));
    assertThat(service.requests()).noneMatch(request -> request.contains("deadlock"));
  }

  @Test
  void a_webhook_that_refuses_costs_nothing_but_the_notices() {
    service.answers(n -> new Answer(404, "", Duration.ZERO));
    Notices notices = begin(1);
    notices.committed(1, TOOK);
    notices.finished(Ending.stopped(69));
    assertThat(notices.end()).containsExactly(new Unsent("http://127.0.0.1", 3, 3, "answered 404"));
  }

  @Test
  void a_webhook_that_is_gone_costs_nothing_but_the_notices() {
    service.close();
    Notices notices = begin(1);
    notices.finished(succeeded());
    assertThat(notices.end())
        .containsExactly(new Unsent("http://127.0.0.1", 2, 2, "the connection was refused"));
  }

  @Test
  void a_webhook_that_does_not_answer_holds_nobody_up_and_the_rest_is_dropped() throws Exception {
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
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      Notices notices = Notices.begin(SUBJECT, List.of(Webhook.of(url, 1)), service);
      for (int batch = 0; batch < 1_000; batch++) {
        notices.committed(1, TOOK); // returns although nobody takes them
      }
      notices.finished(succeeded());
      Unsent unsent = notices.end().getFirst();
      assertThat(unsent.lost()).isEqualTo(1_002);
      assertThat(unsent.of()).isEqualTo(1_002);
    } finally {
      end.countDown();
      server.stop(0);
    }
  }

  @Test
  void the_end_arrives_though_too_many_wait() {
    CountDownLatch go = new CountDownLatch(1);
    service.answers(
        n -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new Answer(200, "", Duration.ZERO);
        });
    Notices notices = begin(1);
    for (int batch = 0; batch < 200; batch++) {
      notices.committed(1, TOOK);
    }
    notices.finished(succeeded());
    go.countDown();
    Unsent unsent = notices.end().getFirst();
    assertThat(unsent.why()).isEqualTo("too many waited");
    assertThat(texts().getLast()).contains("succeeded (exit code 0)");
    assertThat(unsent.of() - unsent.lost()).isEqualTo(texts().size());
  }

  @Test
  void nobody_to_tell_is_fine() {
    Notices notices = Notices.begin(SUBJECT, List.of(), service);
    notices.committed(1, TOOK);
    notices.finished(succeeded());
    assertThat(notices.end()).isEmpty();
  }

  @Test
  void what_is_no_address_is_refused_without_repeating_it() {
    for (String wrong :
        List.of("hooks/s3cret", "ftp://h/s3cret", "https://u:s3cret@h/", "s3 cret")) {
      assertThatThrownBy(() -> Webhook.of(wrong, 1))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
                assertThat(e.getMessage()).doesNotContain("cret");
                assertThat(e.getCause()).isNull();
              });
    }
    assertThat(Webhook.of("https://hooks.example.com/T0/s3cret", 1).toString())
        .isEqualTo("Webhook(https://hooks.example.com)");
  }
}
