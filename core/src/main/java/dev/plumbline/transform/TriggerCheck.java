package dev.plumbline.transform;

import dev.plumbline.database.Session;
import dev.plumbline.dialect.Key;
import dev.plumbline.dialect.Sql;
import dev.plumbline.document.Differences;
import dev.plumbline.error.DatabaseException;
import dev.plumbline.error.FailureKind;
import dev.plumbline.execution.Changes;
import dev.plumbline.transform.ColumnTable.Property;
import dev.plumbline.transform.ColumnWriter.Wanted;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees that rows hold what was written into them, where triggers of the table may have made
 * something else of it: only what was proven may be committed.
 */
final class TriggerCheck {
  private static final int PATHS_TOLD = 4;

  private final Session session;
  private final ColumnTable table;

  TriggerCheck(Session session, ColumnTable table) {
    this.session = session;
    this.table = table;
  }

  /**
   * To be called in the transaction that wrote them.
   *
   * @throws DatabaseException of the data, if one of them holds something else
   */
  void require(Collection<Wanted> written) {
    Optional<String> triggers = Changes.triggers(table.table());
    if (triggers.isEmpty() || written.isEmpty()) {
      return;
    }
    session.dialect().fireDeferred().ifPresent(session::execute);
    List<Key> keys = written.stream().map(one -> Key.fromJson(one.row().key())).toList();
    Map<String, ColumnRow> rows = new HashMap<>();
    table.read(session, table.withKeys(keys)).forEach(row -> rows.put(row.key(), row));
    for (Wanted one : written) {
      made(one, rows.get(one.row().key()))
          .ifPresent(
              made -> {
                throw refused(triggers.get() + " " + made);
              });
    }
  }

  /** What was made of a row instead; empty where it is as it was written. */
  private Optional<String> made(Wanted wanted, @Nullable ColumnRow now) {
    if (now == null) {
      return Optional.of("takes the row away");
    }
    return table.properties().stream()
        .filter(property -> wanted.texts().containsKey(property.name()))
        .flatMap(property -> made(property, wanted, now).stream())
        .findFirst();
  }

  private Optional<String> made(Property property, Wanted wanted, ColumnRow now) {
    Optional<String> text = wanted.texts().getOrDefault(property.name(), Optional.empty());
    Optional<String> there = now.document().text(property.name());
    if (text.equals(there)) {
      return Optional.empty();
    }
    if (!property.name().equals(table.document().name())) {
      return holds(property, now, text)
          ? Optional.empty()
          : Optional.of("makes something else of " + property.column().name());
    }
    if (text.isEmpty() || there.isEmpty()) {
      return Optional.of(there.isEmpty() ? "takes its document away" : "gives it a document");
    }
    List<String> paths = Differences.paths(text.get(), there.get());
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of("makes another document of it" + at(paths));
  }

  /** The database spells values of most types in its own way, so it is asked. */
  private boolean holds(Property property, ColumnRow row, Optional<String> text) {
    Sql same =
        session
            .dialect()
            .holds(
                Sql.of(
                    "{}.{}",
                    table.table().sql(),
                    session.dialect().quote(property.column().name())),
                property.column().type(),
                text);
    Sql itself = table.withKeys(List.of(Key.fromJson(row.key())));
    return session.one(table.count(Sql.and(List.of(itself, same))), found -> found.number(1) == 1);
  }

  private static String at(List<String> paths) {
    if (paths.equals(List.of(""))) {
      return "";
    }
    int more = paths.size() - PATHS_TOLD;
    return ", at "
        + String.join(", ", paths.subList(0, Math.min(PATHS_TOLD, paths.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** As an error of the data, so that the batch is taken apart until that row stands alone. */
  private static DatabaseException refused(String why) {
    return new DatabaseException(
        FailureKind.DATA,
        "",
        why,
        Optional.empty(),
        why,
        "The batch was rolled back; nothing is half-written.",
        "Disable the trigger for the run, or let the transform write the same.",
        null);
  }
}
