package dev.plumbline.verify;

import dev.plumbline.claim.Claim;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Fragment;
import dev.plumbline.error.Position;
import dev.plumbline.invariant.Exist;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.object.ObjectLook;
import dev.plumbline.object.ObjectState;
import dev.plumbline.object.ObjectState.ClaimState;
import dev.plumbline.object.ObjectState.IndexState;
import dev.plumbline.object.State;
import dev.plumbline.object.Wanted;
import dev.plumbline.object.WantedReader;
import dev.plumbline.parser.PostgresParser;
import dev.plumbline.tracker.Match;
import dev.plumbline.verify.Finding.Sort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What invariants of the kind {@code exist} claim for migrations that are not written in SQL: each
 * names its migration under {@code revision}.
 */
public record Declarations(List<Exist> invariants) {
  public Declarations {
    invariants = List.copyOf(invariants);
  }

  /** Those of a project's invariants that name a migration. */
  public static Declarations among(List<Invariant> invariants) {
    List<Exist> declaring = new ArrayList<>();
    for (Invariant invariant : invariants) {
      if (invariant instanceof Exist exist && exist.terms().revision().isPresent()) {
        declaring.add(exist);
      }
    }
    return new Declarations(declaring);
  }

  /**
   * What came of them for one record.
   *
   * @param claimsByRevision how many objects are claimed for a migration
   */
  record Found(Map<String, Integer> claimsByRevision, List<Finding> findings) {
    int claims() {
      return claimsByRevision.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  Found look(Session session, Tracked tracked) {
    Map<String, Integer> claims = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Match match : tracked.matches()) {
      String revision = match.revision();
      if (match.isDone()) {
        for (Exist exist : of(revision)) {
          claims.merge(revision, exist.objects().size(), Integer::sum);
          findings.addAll(look(session, tracked, revision, exist));
        }
      }
    }
    return new Found(claims, findings);
  }

  /** What those claim whose migrations are applied, and what the others will. */
  List<Claim> claims(Dialect dialect, PostgresParser parser) {
    ClaimFold fold = ClaimFold.of(dialect, parser, List.of());
    for (Exist exist : invariants) {
      String revision = exist.terms().revision().orElse("");
      for (Fragment statement : exist.objects()) {
        fold.surely(new ClaimFold.Text(revision, statement.text()));
      }
    }
    return fold.standing();
  }

  /** Those that claim for a migration. */
  List<Exist> of(String revision) {
    return invariants.stream()
        .filter(exist -> exist.terms().revision().filter(revision::equals).isPresent())
        .toList();
  }

  private static List<Finding> look(
      Session session, Tracked tracked, String revision, Exist exist) {
    List<Finding> findings = new ArrayList<>();
    List<Wanted> wanted = WantedReader.read(session.dialect(), exist.objects());
    for (ObjectState object : new ObjectLook(session).of(wanted)) {
      if (object.state() != State.PRESENT) {
        findings.add(finding(tracked, revision, object));
      }
    }
    return findings;
  }

  private static Finding finding(Tracked tracked, String revision, ObjectState object) {
    Wanted wanted = object.wanted();
    return Finding.ofClaim(
        tracked,
        revision,
        Optional.of(wanted.statement().start()),
        wanted.label(),
        found(object),
        new Recovery(List.of(wanted.statement().text()), !object.toMake()));
  }

  private static String found(ObjectState object) {
    return switch (object) {
      case ClaimState claims -> claims.found().orElse("missing");
      case IndexState index ->
          switch (index.state()) {
            case INVALID -> "is invalid: a build that failed left it behind";
            case PRESENT, MISSING -> "missing";
            case DIFFERENT, NOT_VALIDATED, DISABLED, STILL_THERE ->
                "is there, but as " + index.found().orElse("");
          };
    };
  }

  /** Those whose migration no record knows: a mistyped revision would claim nothing for ever. */
  List<Finding> ofNoRecord(List<Tracked> tracked) {
    return invariants.stream()
        .filter(exist -> tracked.stream().noneMatch(one -> knows(one, exist)))
        .map(
            exist ->
                new Finding(
                    Sort.NOT_LOOKED_AT,
                    Optional.empty(),
                    exist.terms().revision(),
                    Optional.of(new Position(exist.terms().definition().file(), 1, 1)),
                    "invariant " + exist.name(),
                    "claims for the migration "
                        + exist.terms().revision().orElse("")
                        + ", which no record and no file knows",
                    "Write the revision as the tool does."))
        .toList();
  }

  private static boolean knows(Tracked tracked, Exist exist) {
    return tracked.matches().stream()
        .anyMatch(m -> exist.terms().revision().filter(m.revision()::equals).isPresent());
  }
}
