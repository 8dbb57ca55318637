package dev.plumbline.proposal;

import dev.plumbline.audit.AuditOptions;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Auditor;
import dev.plumbline.audit.Counts;
import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.database.Timeouts;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.invariant.Derive;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.project.InvariantReader;
import dev.plumbline.proposal.Proposal.Evidence;
import dev.plumbline.proposal.Proposed.Counted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a live database, only reading, for what could be stated about it, and counts what
 * violates each statement. A statement is proposed where names and keys suggest it and the rows do
 * not contradict: one that most rows violate is rather a wrong guess than a fault.
 */
public final class Proposer {
  /** More than anybody reads at once; the best come first. */
  private static final int MOST = 60;

  private final Database database;
  private final Timeouts timeouts;

  /**
   * @param timeouts the statement's is what counting one invariant may take
   */
  public Proposer(Database database, Timeouts timeouts) {
    this.database = database;
    this.timeouts = timeouts;
  }

  /**
   * What could be stated, counters first, then foreign keys, then pairs of tables.
   *
   * @param known what the project states already
   * @throws dev.plumbline.error.DatabaseException if the database cannot be reached
   */
  public List<Proposed> propose(List<Invariant> known) {
    try (Session session = database.openForReading(timeouts)) {
      return session.transaction(
          () ->
              candidates(session).stream()
                  .filter(statements -> !isStated(statements.getFirst(), known))
                  .limit(MOST)
                  .flatMap(statements -> first(session, statements).stream())
                  .toList());
    }
  }

  private static List<List<Proposal>> candidates(Session session) {
    Tables tables = Tables.of(Database.catalog(session));
    List<List<Proposal>> candidates = new ArrayList<>();
    new Counters(session.dialect()).in(tables).map(List::of).forEach(candidates::add);
    new Orphans(session.dialect()).in(tables).map(List::of).forEach(candidates::add);
    new Pairs(session.dialect()).in(tables).forEach(candidates::add);
    return candidates;
  }

  private static boolean isStated(Proposal proposal, List<Invariant> known) {
    return known.stream()
        .anyMatch(
            invariant ->
                invariant.name().equals(proposal.name())
                    || (invariant instanceof Derive derive
                        && derive.table().text().equals(proposal.table())
                        && derive.columns().keySet().stream()
                            .anyMatch(column -> proposal.columns().contains(column.text()))));
  }

  /** The first statement that the rows bear out. */
  private Optional<Proposed> first(Session session, List<Proposal> statements) {
    return statements.stream().flatMap(s -> counted(session, s).stream()).findFirst();
  }

  private Optional<Proposed> counted(Session session, Proposal proposal) {
    Invariant invariant =
        InvariantReader.read(
            Path.of("invariants", "proposed", proposal.name() + ".yaml"), proposal.yaml());
    AuditResult result =
        new Auditor(database, timeouts)
            .auditIn(session, "", List.of(invariant), AuditOptions.standard().withSamples(0))
            .results()
            .getFirst();
    Optional<Counted> counted = result.counts().map(Proposer::counted);
    if (counted.filter(c -> !isBorneOut(proposal.evidence(), c)).isPresent()
        || (counted.isEmpty() && proposal.evidence() == Evidence.MOST)) {
      return Optional.empty();
    }
    return Optional.of(
        new Proposed(
            proposal.name(),
            proposal.says(),
            proposal.yaml(),
            counted,
            result.error().map(PlumblineException::what)));
  }

  private static Counted counted(Counts counts) {
    return new Counted(counts.population(), counts.violations());
  }

  private static boolean isBorneOut(Evidence evidence, Counted counted) {
    long rows = counted.rows().orElse(0);
    boolean known = counted.rows().isPresent();
    boolean most = counted.violations() * 2 <= rows;
    return switch (evidence) {
      case NONE -> true;
      case MOST_IF_ANY -> most || !known;
      case MOST -> most && rows > 0;
    };
  }
}
