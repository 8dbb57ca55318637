package dev.plumbline.bench;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.claim.PostgresClaims;
import dev.plumbline.database.Database;
import dev.plumbline.database.JdbcUrl;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.drift.Difference;
import dev.plumbline.drift.Differences;
import dev.plumbline.drift.Replay;
import dev.plumbline.drift.Replay.Script;
import dev.plumbline.drift.Snapshot;
import dev.plumbline.drift.Unclaimed;
import dev.plumbline.embedded.ScratchServer;
import dev.plumbline.parser.Parsed;
import dev.plumbline.parser.PostgresParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;

/** What the parts of {@code plumb verify} take for a long history, in one process that is new. */
final class VerifyCost {
  private final Database live;
  private final PostgresParser parser = new PostgresParser();

  private VerifyCost(Database live) {
    this.live = live;
  }

  static void run(Database live) {
    new VerifyCost(live).run();
  }

  private void run() {
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
  }

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
