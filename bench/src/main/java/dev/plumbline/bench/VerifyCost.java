package dev.plumbline.bench;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.dialect.Sql;
import dev.plumbline.drift.Difference;
import dev.plumbline.drift.Differences;
import dev.plumbline.drift.Replay;
import dev.plumbline.drift.Replay.Script;
import dev.plumbline.drift.Snapshot;
import dev.plumbline.drift.Unclaimed;
import dev.plumbline.embedded.ScratchServer;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;

/** What the parts of {@code plumb verify} take for a long history, in one process that is new. */
final class VerifyCost {
  private static final int CALLS = 7;

  private final Database live;
  private final String url;
  private final PostgresParser parser = new PostgresParser();

  private VerifyCost(Database live, String url) {
    this.live = live;
    this.url = url;
  }

  /**
   * @param url of the same database, with the login in it
   */
  static void run(Database live, String url) throws IOException, InterruptedException {
    new VerifyCost(live, url).run();
  }

  private void run() throws IOException, InterruptedException {
    List<String> files = History.files();
    System.out.println("| part | s |\n| --- | --- |");
    List<Parsed> parsed = timed("parse 500 files", () -> parser.parseAll(files));
    List<Claim> claims = timed("fold them", () -> fold(parsed));
    try (Session session = live.openForWriting(Timeouts.WRITING)) {
      expect(new Replay(parser, session).run(scripts(files)).isEmpty());
    }
    Snapshot there;
    try (Session session = live.openForReading(Timeouts.READING)) {
      List<FalseClaim> wrong =
          timed("check " + claims.size() + " claims", () -> check(session, claims));
      expect(wrong.isEmpty());
      there = timed("read the whole catalogue", () -> Snapshot.read(session));
    }
    timed(
        "find what is unclaimed of " + there.objects().size() + " objects",
        () -> Unclaimed.of(there, claims, List.of(), parser));
    Snapshot again = timed("replay on a scratch server", () -> exact(files));
    List<Difference> differences =
        timed("compare the catalogues", () -> new Differences(parser).between(there, again));
    expect(differences.isEmpty());
    commands(files);
  }

  // --- the command, whole processes -----------------------------------------------------------

  private void commands(List<String> files) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("plumb-bench");
    try (Session session = live.openForWriting(Timeouts.WRITING)) {
      record(session, folder, files);
    }
    best("plumb verify", folder);
    best("plumb verify --exact", folder, "--exact");
  }

  private static void record(Session session, Path folder, List<String> files) throws IOException {
    session.execute(
        Sql.of(
            """
            CREATE TABLE flyway_schema_history (
              installed_rank integer PRIMARY KEY, version varchar(50),
              description varchar(200) NOT NULL, type varchar(20) NOT NULL,
              script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100) NOT NULL,
              installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL,
              success boolean NOT NULL)"""));
    for (int i = 1; i <= files.size(); i++) {
      Files.writeString(folder.resolve("V" + i + "__m.sql"), files.get(i - 1));
    }
    session.execute(
        Sql.of(
            "INSERT INTO flyway_schema_history SELECT i, CAST(i AS text), 'm', 'SQL',"
                + " 'V' || i || '__m.sql', NULL, 'bench', now(), 1, true"
                + " FROM generate_series(1, {}) i",
            files.size()));
  }

  /** The first calls make the start-up cache. */
  private void best(String name, Path folder, String... flags)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("./plumb", "verify", "--files", folder.toString()));
    call.addAll(List.of(flags));
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      ProcessBuilder builder = new ProcessBuilder(call).redirectErrorStream(true);
      builder.environment().put("PLUMB_DATABASE_URL", url);
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      long start = System.nanoTime();
      expect(builder.start().waitFor() == 0);
      seconds.add((System.nanoTime() - start) / 1_000_000_000.0);
    }
    seconds.subList(0, 2).clear();
    Collections.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s, whole process | %.2f to %.2f |%n",
        name,
        seconds.getFirst(),
        seconds.getLast());
  }

  // --- its parts ------------------------------------------------------------------------------

  private List<Claim> fold(List<Parsed> parsed) {
    PostgresClaims claims = new PostgresClaims(parser);
    parsed.forEach(text -> claims.add("", text.statements()));
    return claims.standing();
  }

  private List<FalseClaim> check(Session session, List<Claim> claims) {
    return new ClaimCheck(parser).check(session, claims);
  }

  private Snapshot exact(List<String> files) {
    try (ScratchServer server = ScratchServer.start(MAJOR);
        Session session = scratch(server).openForWriting(Timeouts.WRITING)) {
      expect(new Replay(parser, session).run(scripts(files)).isEmpty());
      return Snapshot.read(session);
    }
  }

  private static final int MAJOR = 18;

  private static Database scratch(ScratchServer server) {
    server.createDatabase("bench");
    JdbcUrl plain = JdbcUrl.parse(server.jdbcUrl("bench"));
    Properties login = new Properties();
    login.setProperty("user", server.user());
    login.setProperty("password", server.password());
    return Database.of(new JdbcUrl(plain.url(), plain.label(), plain.dialect(), login));
  }

  private static List<Script> scripts(List<String> files) {
    List<Script> scripts = new ArrayList<>();
    for (String file : files) {
      scripts.add(new Script(Path.of("V" + (scripts.size() + 1) + ".sql"), file));
    }
    return scripts;
  }

  private static void expect(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("the history is not what it is measured as");
    }
  }

  private static <T> T timed(String part, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    System.out.printf(
        Locale.ROOT, "| %s | %.2f |%n", part, (System.nanoTime() - start) / 1_000_000_000.0);
    return result;
  }
}
