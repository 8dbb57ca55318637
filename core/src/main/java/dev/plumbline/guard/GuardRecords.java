package dev.plumbline.guard;

import dev.plumbline.database.Database;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.GuardSql.Made;
import dev.plumbline.dialect.GuardSql.Sort;
import dev.plumbline.dialect.Sql;
import dev.plumbline.guard.GuardObjects.Kept;
import dev.plumbline.guard.Standing.Fault;
import dev.plumbline.guard.Standing.Finding;
import dev.plumbline.invariant.Invariant;
import dev.plumbline.journal.Journal;
import dev.plumbline.journal.Owner;
import dev.plumbline.journal.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the journal says of guards. It works inside the caller's transaction. */
final class GuardRecords {
  private final Session session;
  private final Dialect dialect;
  private final String guards;

  GuardRecords(Session session) {
    this.session = session;
    this.dialect = session.dialect();
    this.guards = dialect.journalTable("guards");
  }

  private record Installed(
      String invariant,
      String checksum,
      GuardObjects objects,
      Instant at,
      String actor,
      String host) {}

  /** Keeps others from installing or dropping guards at the same time. */
  void lock() {
    dialect.lockTable(guards).ifPresent(session::execute);
  }

  List<Standing> list(Collection<Invariant> invariants) {
    return installed(Sql.of("TRUE")).stream().map(i -> standing(i, invariants)).toList();
  }

  Optional<Standing> find(String invariant, Collection<Invariant> invariants) {
    return of(invariant).map(installed -> standing(installed, invariants));
  }

  private Optional<Installed> of(String invariant) {
    return installed(Sql.of("invariant = {}", Sql.value(invariant))).stream().findFirst();
  }

  private List<Installed> installed(Sql which) {
    if (!new Journal(session).complete()) {
      return List.of();
    }
    return session.query(
        Sql.of(
            "SELECT invariant, checksum, objects, {}, actor, host FROM {} WHERE {} ORDER BY 1",
            dialect.timestampText("installed_at"),
            guards,
            which),
        GuardRecords::read);
  }

  private static Installed read(Row row) throws SQLException {
    return new Installed(
        row.required(1),
        row.required(2),
        GuardObjects.fromJson(row.required(3)),
        row.instant(4).orElseThrow(),
        row.required(5),
        row.required(6));
  }

  private Standing standing(Installed installed, Collection<Invariant> invariants) {
    List<Finding> findings = new ArrayList<>();
    boolean current =
        invariants.stream()
            .anyMatch(
                i ->
                    i.name().equals(installed.invariant())
                        && i.terms().definition().checksum().equals(installed.checksum()));
    if (!current) {
      findings.add(new Finding(Fault.OUTDATED, "invariant " + installed.invariant()));
    }
    installed.objects().objects().stream()
        .flatMap(kept -> fault(kept).stream())
        .distinct()
        .forEach(findings::add);
    return new Standing(
        installed.invariant(),
        installed.checksum(),
        installed.at(),
        installed.actor(),
        installed.host(),
        findings);
  }

  private Optional<Finding> fault(Kept kept) {
    Optional<Live> live = live(kept.made());
    if (live.isEmpty()) {
      return Optional.of(new Finding(Fault.MISSING, missing(kept.made())));
    }
    if (!live.get().ddl().equals(kept.ddl())) {
      return Optional.of(new Finding(Fault.ALTERED, label(kept.made())));
    }
    return live.get().enabled()
        ? Optional.empty()
        : Optional.of(new Finding(Fault.DISABLED, label(kept.made())));
  }

  private record Live(String ddl, boolean enabled) {}

  private Optional<Live> live(Made made) {
    return session.first(dialect.guardObject(made), row -> new Live(row.required(1), row.truth(2)));
  }

  /** A table that is gone is named once, not with each of its columns. */
  private String missing(Made made) {
    boolean ofTable =
        made.sort() == Sort.COLUMN && Database.catalog(session).findTable(made.on()).isEmpty();
    return ofTable ? "table " + made.on() : label(made);
  }

  private static String label(Made made) {
    return made.sort().name().toLowerCase(Locale.ROOT)
        + " "
        + made.name()
        + (made.on().isEmpty() ? "" : " on " + made.on());
  }

  /** What takes the guard away that is installed; nothing where none is. */
  List<String> drops(String invariant) {
    return of(invariant)
        .map(
            i ->
                dialect.dropGuard(present(i.objects().objects().stream().map(Kept::made).toList())))
        .orElse(List.of());
  }

  /** With the triggers where they are now, after what they call. */
  private List<Made> present(List<Made> made) {
    Optional<Sql> triggers = dialect.guardTriggers(made);
    if (triggers.isEmpty()) {
      return made;
    }
    return Stream.concat(
            made.stream().filter(m -> m.sort() != Sort.TRIGGER),
            session
                .query(
                    triggers.get(), row -> new Made(Sort.TRIGGER, row.required(1), row.required(2)))
                .stream())
        .toList();
  }

  /** Enters a guard that was just made, with its objects as the server prints them. */
  void enter(Invariant invariant, List<Made> objects) {
    remove(invariant.name());
    List<Kept> kept =
        objects.stream()
            .map(made -> new Kept(made, live(made).map(Live::ddl).orElseThrow()))
            .toList();
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (invariant, definition, checksum, objects, actor, host, version)
            VALUES ({}, {}, {}, {}, {}, {}, {})""",
            guards,
            Sql.value(invariant.name()),
            Sql.value(invariant.terms().definition().text()),
            Sql.value(invariant.terms().definition().checksum()),
            Sql.value(new GuardObjects(kept).toJson()),
            Sql.value(System.getProperty("user.name", "unknown")),
            Sql.value(Owner.localHost()),
            Sql.value(Version.text())));
  }

  void remove(String invariant) {
    session.execute(Sql.of("DELETE FROM {} WHERE invariant = {}", guards, Sql.value(invariant)));
  }
}
