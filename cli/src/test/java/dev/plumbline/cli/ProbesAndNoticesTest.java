package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import dev.plumbline.testkit.OnEachDatabase;
import dev.plumbline.testkit.TestDatabase;
import dev.plumbline.testkit.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that reads documents is probed around their transform; webhooks hear of every run. */
class ProbesAndNoticesTest {
  private static final String TRANSFORM =
      """
      says: What was old is new.
      source: {files: documents}
      transform: |
        if has("old") then {new: .old} else . end
      probes:
        requests:
          - name: read
            get: ${SERVICE}/read?key=s3cret
            expect: {status: 200, body: .right}
        samples: 3
        thresholds: {p95: 9000%, slowdown: 9000%, noise: 10s}
        on_breach: ON_BREACH
      """;

  @TempDir private Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile boolean readsNew = true;
  private volatile int hookAnswers = 200;
  private final HttpServer server;

  ProbesAndNoticesTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/read", this::read);
    server.createContext("/hook", this::hear);
    server.start();
  }

  @BeforeEach
  void project() throws IOException {
    write(
        "plumb.yaml",
        """
        project: campus
        database: ${PLUMB_DATABASE_URL:-jdbc:sqlite:none.sqlite}
        alerts:
          - webhook: ${SERVICE}/hook/s3cret
            every: 1
        """);
    write("documents/1.json", "{\"old\":1}");
    write("documents/2.json", "{\"old\":2}");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** The service knows the old shape, and the new one only if it was changed for it. */
  private void read(HttpExchange exchange) throws IOException {
    boolean right = readsNew || document(1).contains("old");
    answer(exchange, right ? 200 : 500, "{\"right\": " + right + "}");
  }

  private void hear(HttpExchange exchange) throws IOException {
    told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(exchange, hookAnswers, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void transform(String onBreach) throws IOException {
    write("transforms/shape.yaml", TRANSFORM.replace("ON_BREACH", onBreach));
  }

  private String document(int number) throws IOException {
    return Files.readString(folder.resolve("documents/" + number + ".json")).strip();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERVICE", "http://127.0.0.1:" + server.getAddress().getPort());
    environment.put("PATH", System.getenv("PATH"));
    return environment;
  }

  private Cli.Result call(String... arguments) {
    return call(environment(), arguments);
  }

  private Cli.Result call(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--project", folder.toString()));
    all.addAll(List.of(arguments));
    return Cli.call(environment, all.toArray(String[]::new));
  }

  private List<String> events() {
    return told.stream().map(Cases::json).map(notice -> notice.path("event").asText()).toList();
  }

  private JsonNode last() {
    return Cases.json(told.getLast());
  }

  @Test
  void a_service_that_reads_both_shapes_breaches_nothing() throws IOException {
    transform("roll_back");
    Cli.Result result = call("transform", "shape", "--commit");
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("Probes before the run (latencies in ms, 3 samples each)")
        .contains("The service answers as before, in 1 look; no threshold is breached.")
        .doesNotContain("s3cret");
    assertThat(document(1)).isEqualTo("{\"new\":1}");
    assertThat(Files.readString(folder.resolve(".plumb/runs/d1/probes.json")))
        .contains("\"baseline\"", "\"request\" : \"read\"")
        .doesNotContain("s3cret");
    assertThat(events()).containsExactly("started", "batch", "finished");
    assertThat(last().path("run").asText()).isEqualTo("d1");
    assertThat(last().path("figures").path("transformed").asInt()).isEqualTo(2);
    assertThat(last().path("figures").path("thresholds_breached").asInt()).isZero();
  }

  @Test
  void a_dry_run_asks_and_tells_nobody() throws IOException {
    transform("roll_back");
    readsNew = false;
    write("documents/1.json", "{\"new\":1}"); // the service is wrong already
    assertThat(call("transform", "shape").exit()).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void a_breach_takes_the_run_back() throws IOException {
    transform("roll_back");
    readsNew = false;
    Cli.Result result = call("transform", "shape", "--commit");
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(2);
    assertThat(result.out())
        .contains("breached errors: read: 3 of 3 answers are wrong (answered 500, not 200)")
        .contains("The run is taken back.");
    assertThat(document(1)).isEqualTo("{\"old\":1}");
    assertThat(document(2)).isEqualTo("{\"old\":2}");
    assertThat(last().path("exit_code").asInt()).isEqualTo(2);
    assertThat(last().path("figures").path("restored").asInt()).isEqualTo(2);
  }

  @Test
  void one_json_document_holds_the_run_its_probes_and_what_took_it_back() throws IOException {
    transform("{errors: roll_back}");
    readsNew = false;
    Cli.Result result = call("transform", "shape", "--commit", "--format", "json");
    assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(2);
    JsonNode document = Cases.json(result.out());
    assertThat(document.path("exit").asInt()).isEqualTo(2);
    assertThat(document.path("probes").path("consequence").asText()).isEqualTo("roll_back");
    assertThat(document.path("probes").path("requests").get(0).path("after").path("wrong").asInt())
        .isEqualTo(3);
    assertThat(document.path("rollback").path("state").asText()).isEqualTo("succeeded");
  }

  @Test
  void without_a_word_a_breach_fails_the_run_and_what_was_written_stays() throws IOException {
    transform("fail");
    readsNew = false;
    Cli.Result result = call("transform", "shape", "--commit");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out())
        .contains("The run failed; what it wrote stays. When the service is mended: plumb")
        .contains(" resume d1");
    assertThat(document(1)).isEqualTo("{\"new\":1}");
    assertThat(last().path("state").asText()).isEqualTo("failed");
    String summary = Files.readString(folder.resolve(".plumb/runs/d1/summary.json"));
    assertThat(Cases.json(summary).path("state").asText()).isEqualTo("failed");
    write("none.sqlite", ""); // the project's own database, which nothing was written to
    assertThat(call("runs").out()).containsPattern("d1 +transform +shape +failed");
    assertThat(call("show", "d1").out())
        .contains("shape: failed")
        .contains("The service is worse than before: read: 3 of 3 answers are wrong");
  }

  @Test
  void a_run_that_failed_so_is_looked_at_again_when_it_is_resumed() throws IOException {
    transform("fail");
    readsNew = false;
    assertThat(call("transform", "shape", "--commit").exit()).isEqualTo(2);
    Cli.Result again = call("resume", "d1");
    assertThat(again.exit()).as(again.out() + again.err()).isEqualTo(2);
    assertThat(again.out()).contains("breached errors: read");
    assertThat(call("show", "d1").out()).contains("shape: failed");

    readsNew = true;
    Cli.Result mended = call("resume", "d1", "--format", "json");
    assertThat(mended.exit()).as(mended.out() + mended.err()).isZero();
    JsonNode document = Cases.json(mended.out());
    assertThat(document.path("run").path("state").asText()).isEqualTo("succeeded");
    assertThat(document.path("run").path("error").isNull()).isTrue();
    assertThat(document.path("probes").path("looks").asInt()).isEqualTo(1);
    assertThat(call("resume", "d1").exit()).as("it has succeeded").isEqualTo(64);
  }

  @Test
  void a_run_that_was_taken_back_is_not_resumed() throws IOException {
    transform("roll_back");
    readsNew = false;
    assertThat(call("transform", "shape", "--commit").exit()).isEqualTo(2);
    assertThat(call("show", "d1").out()).contains("shape: failed");
    assertThat(call("show", "d2").out()).contains("rollback of d1", "succeeded");
    Cli.Result resumed = call("resume", "d1");
    assertThat(resumed.exit()).isEqualTo(64);
    assertThat(resumed.err()).contains("Run d1 was taken back by run d2.");
  }

  @Test
  void a_process_that_ends_while_it_watches_leaves_the_rest_to_the_next() throws IOException {
    transform("fail");
    String probes = Files.readString(folder.resolve("transforms/shape.yaml"));
    write("transforms/shape.yaml", "probes: campus\n" + probes.replaceAll("(?s)probes:.*", ""));
    write("probes/campus.yaml", own(probes) + "watch: 20m\n");
    JavaMain main =
        JavaMain.of("dev.plumbline.cli.Plumb")
            .arguments("--project", folder.toString(), "transform", "shape", "--commit")
            .environment("SERVICE", environment().get("SERVICE"));
    try (JavaProcess process = main.start()) {
      Path log = folder.resolve(".plumb/runs/d1/probes.json");
      Until.holds(
          "the first look is over",
          () ->
              !process.isAlive()
                  || (Files.exists(log) && Files.readString(log).split("\"at\"", -1).length > 2));
      process.terminate();
      JavaProcess.Result end = process.await();
      assertThat(end.exitCode()).as(end.stdout() + end.stderr()).isEqualTo(143);
    }
    write("none.sqlite", ""); // the project's own database, which nothing was written to
    assertThat(call("runs").out()).contains("succeeded, with a remark");
    assertThat(call("show", "d1").out()).contains("The service has not been looked at to the end.");

    write("probes/campus.yaml", own(probes));
    Cli.Result resumed = call("resume", "d1");
    assertThat(resumed.exit()).as(resumed.out() + resumed.err()).isZero();
    assertThat(resumed.out()).contains("The service answers as before");
    assertThat(call("runs").out()).doesNotContain("with a remark");
  }

  /** The block of the probes as a file of its own. */
  private static String own(String transform) {
    return transform.replaceAll("(?s).*probes:\n", "").indent(-2);
  }

  @OnEachDatabase
  void a_run_over_a_column_fails_and_succeeds_as_one_over_files(TestDatabase database)
      throws IOException {
    String text = database.url().contains("postgres") ? "jsonb" : "text";
    database.execute(
        "CREATE TABLE shelf (id integer PRIMARY KEY, doc " + text + ")",
        "INSERT INTO shelf VALUES (1, '{\"old\":1}')");
    transform("fail");
    String files = Files.readString(folder.resolve("transforms/shape.yaml"));
    write(
        "transforms/shape.yaml",
        files.replace("{files: documents}", "{column: shelf}\ndocument: doc"));
    Map<String, String> environment = environment();
    environment.put("PLUMB_DATABASE_URL", database.url());
    String old = "SELECT 1 FROM shelf WHERE CAST(doc AS text) LIKE '%old%'";
    server.removeContext("/read");
    server.createContext(
        "/read",
        exchange -> {
          boolean right = readsNew || !database.query(old).isEmpty();
          answer(exchange, right ? 200 : 500, "{\"right\": " + right + "}");
        });
    readsNew = false;
    Cli.Result failed = call(environment, "transform", "shape", "--commit");
    assertThat(failed.exit()).as(failed.out() + failed.err()).isEqualTo(2);
    assertThat(call(environment, "show", "1").out()).contains("shape: failed");
    readsNew = true;
    Cli.Result mended = call(environment, "resume", "1");
    assertThat(mended.exit()).as(mended.out() + mended.err()).isZero();
    assertThat(call(environment, "show", "1").out()).contains("shape: succeeded");
  }

  @Test
  void nothing_is_written_where_the_service_is_wrong_already() throws IOException {
    transform("fail");
    readsNew = false;
    write("documents/1.json", "{\"new\":1}");
    Cli.Result result = call("transform", "shape", "--commit");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("The probe read fails before anything was changed: 3 of 3 answers are wrong");
    assertThat(document(2)).isEqualTo("{\"old\":2}");
    assertThat(told).isEmpty();
  }

  @OnEachDatabase
  void every_run_of_a_database_is_told(TestDatabase database) throws IOException {
    database.execute(
        "CREATE TABLE boxes (id integer PRIMARY KEY, width integer, size integer)",
        "INSERT INTO boxes VALUES (1, 10, 0), (2, 20, 0)");
    write("invariants/sizes.yaml", "says: x\ntable: boxes\nderive: {size: width * 2}\n");
    write(
        "migrations/001_more.sql",
        "-- plumb:schema\nCREATE TABLE more (id integer);\n-- plumb:undo\nDROP TABLE more;\n");
    Map<String, String> environment = environment();
    environment.put("PLUMB_DATABASE_URL", database.url());

    assertThat(call(environment, "repair", "sizes", "--commit").exit()).isZero();
    assertThat(last().path("text").asText())
        .isEqualTo(
            "campus: repair sizes: succeeded (exit code 0): 2 changed, 0 set aside, 0 unrepairable,"
                + " 0 conflicts");
    assertThat(call(environment, "rollback", "1", "--commit").exit()).isZero();
    assertThat(last().path("kind").asText()).isEqualTo("rollback");
    assertThat(call(environment, "migrate", "--commit").exit()).isZero();
    assertThat(last().path("name").asText()).contains("001_more");
    hookAnswers = 404;
    Cli.Result undone = call(environment, "undo", "--commit");
    assertThat(undone.exit()).isZero();
    assertThat(undone.err())
        .contains("notices did not arrive at http://127.0.0.1 (answered 404).")
        .doesNotContain("s3cret");
    assertThat(
            told.stream().map(Cases::json).filter(n -> n.path("event").asText().equals("started")))
        .hasSize(4);
  }

  @Test
  void a_webhook_without_an_address_is_an_error_before_anything_is_written() throws IOException {
    transform("fail");
    write(
        "plumb.yaml",
        """
        project: campus
        database: jdbc:sqlite:none.sqlite
        alerts:
          - webhook: ${ALERT_WEBHOOK_URL}
        """);
    Cli.Result result = call("transform", "shape", "--commit");
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.err()).contains("ALERT_WEBHOOK_URL");
    assertThat(document(1)).isEqualTo("{\"old\":1}");
  }
}
