package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.claim.ClaimCheck;
import dev.plumbline.claim.FalseClaim;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.drift.Snapshot;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.parser.PostgresParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what the applied migrations say against the live catalogue: those of Plumbline's journal
 * and of every other tool whose record is found. It only reads, and in one snapshot. Safe for use
 * by several threads.
 */
public final class Verifier {
  private final Database database;
  private final Timeouts timeouts;
  private final Records records;
  private final Declarations declarations;
  private final String project;
  private final PostgresParser parser = new PostgresParser();

  /**
   * @param records which records are looked at, and where their files are
   * @param declarations what is claimed for migrations that are not written in SQL
   */
  public Verifier(
      String project,
      Database database,
      Timeouts timeouts,
      Records records,
      Declarations declarations) {
    this.project = project;
    this.database = database;
    this.timeouts = timeouts;
    this.records = records;
    this.declarations = declarations;
  }

  /**
   * Another catalogue to compare with.
   *
   * @param name how findings call it
   */
  public record Other(String name, Snapshot snapshot) {}

  /**
   * What else is looked at.
   *
   * @param unclaimed whether objects are listed that no migration claims
   * @param against another catalogue, to which the live one is compared
   * @param exact where the migrations are replayed, to compare what they make
   */
  public record Further(boolean unclaimed, Optional<Other> against, Optional<ScratchPlace> exact) {
    public static Further nothing() {
      return new Further(false, Optional.empty(), Optional.empty());
    }
  }

  /**
   * @throws PlumblineException (project) if there is nothing to verify: no record, and no invariant
   *     that claims for one; or if the migrations cannot be replayed
   */
  public Verification verify(Further further) {
    try (Session session = database.openForReading(timeouts)) {
      boolean compares = further.against().isPresent();
      Looked looked =
          session.transaction(
              () -> verify(session, compares ? records.read(session) : tracked(session)));
      return further.equals(Further.nothing())
          ? looked.verification()
          : looked.verification().and(compared(session, looked, further));
    }
  }

  private List<Finding> compared(Session session, Looked looked, Further further) {
    Drift drift = looked.drift(parser, Snapshot.read(session));
    List<Finding> findings = new ArrayList<>();
    if (further.unclaimed()) {
      findings.addAll(drift.unclaimedFindings());
    }
    further
        .against()
        .ifPresent(other -> findings.addAll(drift.against(other.snapshot(), other.name())));
    further
        .exact()
        .map(place -> new Replayed(session, looked.tracked()).on(place, parser))
        .ifPresent(made -> findings.addAll(drift.against(made, "what the migrations make")));
    return findings;
  }

  /**
   * The objects that no migration claims, with all that belongs to them, and the newest revision.
   */
  public Learned learn() {
    try (Session session = database.openForReading(timeouts)) {
      Looked looked = session.transaction(() -> verify(session, tracked(session)));
      Snapshot live = Snapshot.read(session);
      return Learned.of(looked.tracked(), live, looked.drift(parser, live).unclaimed());
    }
  }

  /** The live catalogue, to be compared with elsewhere. */
  public static Snapshot snapshot(Database database, Timeouts timeouts) {
    try (Session session = database.openForReading(timeouts)) {
      return Snapshot.read(session);
    }
  }

  /**
   * What was seen.
   *
   * @param claims of all migrations, applied or not
   */
  private record Looked(Verification verification, List<Tracked> tracked, List<Claim> claims) {
    Drift drift(PostgresParser parser, Snapshot live) {
      return new Drift(parser, tracked, claims, live);
    }
  }

  /**
   * How a tool's record is moved back to a revision that is true, or forward.
   *
   * @throws PlumblineException (usage) if no record knows the revision; (failed) if what the record
   *     would say is not true
   */
  public RecordMove move(RecordMove.Direction direction, String revision) {
    try (Session session = database.openForReading(timeouts)) {
      return session.transaction(
          () -> {
            List<Tracked> all = tracked(session);
            Moves moves = new Moves(all, one -> report(session, one, all));
            return switch (direction) {
              case BACK -> moves.back(revision);
              case FORWARD -> moves.forward(revision);
            };
          });
    }
  }

  private TrackerReport report(Session session, Tracked tracked, List<Tracked> all) {
    return report(tracked, judge(session, tracked, all), declarations.look(session, tracked));
  }

  private List<Tracked> tracked(Session session) {
    List<Tracked> tracked = records.read(session);
    if (tracked.isEmpty()) {
      throw nothing();
    }
    return tracked;
  }

  private Looked verify(Session session, List<Tracked> tracked) {
    List<Claim> all = new ArrayList<>(declarations.claims(session.dialect(), parser));
    List<TrackerReport> reports = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<Claim> claims = new ArrayList<>();
    int declared = 0;
    for (Tracked one : tracked) {
      Judged judged = judge(session, one, tracked);
      Declarations.Found found = declarations.look(session, one);
      reports.add(report(one, judged, found));
      findings.addAll(new RecordFindings(one, declarations).findings());
      findings.addAll(judged.findings());
      findings.addAll(found.findings());
      claims.addAll(judged.claims());
      all.addAll(judged.all());
      declared += found.claims();
      reports.getLast().silence(one.besideIt(tracked).isEmpty()).ifPresent(findings::add);
    }
    findings.addAll(declarations.ofNoRecord(tracked));
    findings.addAll(Doubts.of(session, all, findings));
    return new Looked(
        new Verification(project, database.label(), reports, findings, claims.size() + declared),
        tracked,
        all);
  }

  private PlumblineException nothing() {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "There is no record of migrations in "
            + database.label()
            + ": no tool's table that Plumbline knows, and none of its own.",
        "Nothing was changed; nothing was verified either.",
        "Check the database's address and the role's rights to the tool's schema. If the table has"
            + " another name, give it in plumb.yaml under `trackers`.");
  }

  /** What came of a record's claims. */
  record Judged(List<Claim> claims, List<Claim> all, List<Finding> findings) {}

  private Judged judge(Session session, Tracked tracked, List<Tracked> all) {
    ClaimsOf folded = ClaimsOf.fold(session.dialect(), parser, tracked, tracked.besideIt(all));
    List<FalseClaim> wrong = new ClaimCheck(parser).check(session, folded.claims());
    List<Finding> findings = new ArrayList<>(folded.unreadable());
    Recoveries recoveries = new Recoveries(session, parser, folded.claims(), wrong);
    wrong.forEach(claim -> findings.add(folded.finding(claim, recoveries.of(claim))));
    findings.addAll(new HalfDone(session, parser, tracked).findings(folded.pending()));
    return new Judged(folded.claims(), folded.all(), findings);
  }

  private static TrackerReport report(Tracked tracked, Judged judged, Declarations.Found found) {
    Map<String, Integer> claims = new HashMap<>(found.claimsByRevision());
    judged.claims().forEach(claim -> claims.merge(claim.origin().source(), 1, Integer::sum));
    Map<String, Integer> wrong = new HashMap<>();
    List<Finding> all = new ArrayList<>(judged.findings());
    all.addAll(found.findings());
    all.stream()
        .filter(finding -> finding.sort() == Finding.Sort.FALSE_CLAIM)
        .flatMap(finding -> finding.revision().stream())
        .forEach(revision -> wrong.merge(revision, 1, Integer::sum));
    return new TrackerReport(
        tracked,
        tracked.matches().stream()
            .map(
                match -> {
                  String revision = match.revision();
                  return new TrackerReport.Line(
                      match,
                      claims.getOrDefault(revision, 0),
                      wrong.getOrDefault(revision, 0),
                      Tracked.text(match).isPresent()
                          || found.claimsByRevision().containsKey(revision));
                })
            .toList());
  }
}
