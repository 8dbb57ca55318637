package dev.plumbline.claim;

import dev.plumbline.claim.Claim.SqliteColumn;
import dev.plumbline.claim.Claim.SqliteObject;
import dev.plumbline.claim.FalseClaim.Sort;
import dev.plumbline.database.Session;
import dev.plumbline.database.SqliteObjects;
import dev.plumbline.database.SqliteObjects.Column;
import dev.plumbline.database.SqliteObjects.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judges claims by SQLite's catalogue of the database {@code main}. */
final class SqliteCheck {
  private static final String NO_EFFECT =
      "Its statement had no effect: look for IF NOT EXISTS over another object, then run it again.";

  private static final Fault MISSING = new Fault(Sort.MISSING, "missing", NO_EFFECT);

  private final Map<String, List<Stored>> objects;
  private final Map<String, List<Column>> columns;

  SqliteCheck(Session session) {
    SqliteObjects live = new SqliteObjects(session);
    this.objects = by(Stored::name, live.objects());
    this.columns = by(Column::table, live.columns());
  }

  private static <T> Map<String, List<T>> by(Function<T, String> name, List<T> all) {
    return all.stream().collect(Collectors.groupingBy(o -> folded(name.apply(o))));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  List<FalseClaim> check(List<Claim> claims) {
    List<FalseClaim> found = new ArrayList<>();
    for (Claim claim : claims) {
      fault(claim).ifPresent(fault -> found.add(fault.of(claim)));
    }
    return List.copyOf(found);
  }

  private Optional<Fault> fault(Claim claim) {
    return switch (claim) {
      case SqliteObject object -> object(object);
      case SqliteColumn column -> column(column);
      case Claim.Absent absent -> absent(absent.subject());
      case Claim.Exists other -> throw foreign(other);
      case Claim.ColumnExists other -> throw foreign(other);
      case Claim.IndexExists other -> throw foreign(other);
      case Claim.ConstraintExists other -> throw foreign(other);
      case Claim.TriggerExists other -> throw foreign(other);
      case Claim.FunctionExists other -> throw foreign(other);
      case Claim.EnumHas other -> throw foreign(other);
      case Claim.PolicyExists other -> throw foreign(other);
      case Claim.RowSecurity other -> throw foreign(other);
      case Claim.CommentIs other -> throw foreign(other);
    };
  }

  private static Fault other(String found) {
    return new Fault(found, NO_EFFECT);
  }

  private static IllegalArgumentException foreign(Claim claim) {
    return new IllegalArgumentException("a claim about PostgreSQL: " + claim.subject());
  }

  private Optional<Stored> stored(Subject subject) {
    // A trigger may have the name of a table.
    boolean trigger = subject.kind() == Kind.TRIGGER;
    return objects.getOrDefault(subject.name().name(), List.of()).stream()
        .filter(stored -> stored.type().equals("trigger") == trigger)
        .findFirst();
  }

  /** What a subject means, if it is there. */
  Optional<Place> place(Subject subject) {
    if (subject.kind() == Kind.COLUMN) {
      return live(subject)
          .map(column -> new Place(Kind.COLUMN, "main", column.table(), column.name(), List.of()));
    }
    return stored(subject)
        .filter(stored -> stored.type().equals(subject.kind().word()))
        .map(stored -> new Place(subject.kind(), "main", "", stored.name(), List.of()));
  }

  private Optional<Fault> object(SqliteObject claim) {
    Optional<Stored> found = stored(claim.subject());
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    Stored stored = found.get();
    if (!stored.type().equals(claim.subject().kind().word())) {
      return Optional.of(other("is a " + stored.type()));
    }
    boolean same =
        claim.body().isEmpty()
            || stored.sql().filter(sql -> !SqliteWords.body(sql).equals(claim.body())).isEmpty();
    return same ? Optional.empty() : stored.sql().map(sql -> other("is there, but as " + sql));
  }

  private Optional<Column> live(Subject subject) {
    String table = subject.on().map(ObjectName::name).orElse("");
    return columns.getOrDefault(table, List.of()).stream()
        .filter(column -> folded(column.name()).equals(subject.name().name()))
        .findFirst();
  }

  private Optional<Fault> column(SqliteColumn claim) {
    Optional<Column> found = live(claim.subject());
    if (found.isEmpty()) {
      return Optional.of(MISSING);
    }
    // A type of several words begins with the first.
    String type = folded(found.get().type());
    return claim.type().filter(stated -> !type.startsWith(stated)).isPresent()
        ? Optional.of(other("is " + found.get().type() + ", stated " + claim.type().get()))
        : Optional.empty();
  }

  private Optional<Fault> absent(Subject subject) {
    boolean there =
        subject.kind() == Kind.COLUMN
            ? live(subject).isPresent()
            : stored(subject)
                .filter(stored -> stored.type().equals(subject.kind().word()))
                .isPresent();
    return there
        ? Optional.of(new Fault(Sort.STILL_THERE, "is still there", NO_EFFECT))
        : Optional.empty();
  }
}
