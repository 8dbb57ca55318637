package dev.plumbline.rollback;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import dev.plumbline.error.Position;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.schema.Catalog;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import java.nio.file.Path;
import java.util.Optional;

/** The way back of one step that made or dropped a schema object. */
record ObjectRestore(Images images) {

  Change change() {
    return images.change() == Change.CREATE ? Change.DROP : Change.CREATE;
  }

  Optional<Index> find(Catalog catalog) {
    return catalog.findIndex(images.object());
  }

  /** How the object stands: what somebody has made anew or otherwise is kept. */
  Outcome outcome(Optional<Index> found) {
    boolean made = images.change() == Change.CREATE;
    if (found.isEmpty()) {
      return made ? Outcome.ALREADY : Outcome.RESTORED;
    }
    if (!unchanged(found.get())) {
      return Outcome.CONFLICT;
    }
    return made ? Outcome.RESTORED : Outcome.ALREADY;
  }

  /** Where the run died before it could note the definition, its statement tells. */
  private boolean unchanged(Index index) {
    if (!images.definition().isEmpty()) {
      return index.definition().equals(images.definition());
    }
    Optional<IndexDefinition> wanted = IndexDefinition.parse(images.statement());
    return IndexDefinition.parse(index.definition())
        .flatMap(is -> wanted.map(is::sameAs))
        .orElse(false);
  }

  Sql statement() {
    return images.change() == Change.CREATE
        ? Sql.of("DROP INDEX {}", images.object())
        : Sql.user(new Fragment(images.definition(), new Position(Path.of("journal"), 1, 1), 1));
  }

  /** For people. */
  String name() {
    return images.objectKey().toString();
  }
}
