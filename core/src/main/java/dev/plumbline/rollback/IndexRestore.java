package dev.plumbline.rollback;

import dev.plumbline.database.Database;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Sql;
import dev.plumbline.journal.Images;
import dev.plumbline.journal.Images.Change;
import dev.plumbline.rollback.RollbackPlan.Outcome;
import dev.plumbline.schema.Index;
import dev.plumbline.schema.IndexDefinition;
import java.util.List;
import java.util.Optional;

/** The way back of one step that made or dropped an index. */
record IndexRestore(Images images) implements ObjectRestore {

  private Optional<Index> find(Session session) {
    return Database.catalog(session).findIndex(images.object());
  }

  @Override
  public String left() {
    return images.definition();
  }

  @Override
  public Optional<String> now(Session session) {
    return find(session).map(Index::definition);
  }

  /** What somebody has made anew or otherwise is kept. */
  @Override
  public Judged judge(Session session) {
    boolean made = images.change() == Change.CREATE;
    Optional<String> now = now(session);
    if (now.isEmpty()) {
      return new Judged(made ? Outcome.ALREADY : Outcome.RESTORED, "");
    }
    if (!unchanged(now.get())) {
      return new Judged(Outcome.CONFLICT, "changed since");
    }
    return new Judged(made ? Outcome.RESTORED : Outcome.ALREADY, "");
  }

  /** Where the run died before it could note the definition, its statement tells. */
  private boolean unchanged(String now) {
    if (!images.definition().isEmpty()) {
      return now.equals(images.definition());
    }
    Optional<IndexDefinition> wanted = IndexDefinition.parse(images.statement());
    return IndexDefinition.parse(now).flatMap(is -> wanted.map(is::sameAs)).orElse(false);
  }

  /** An index holds nothing of its own. */
  @Override
  public void lock(Session session) {}

  @Override
  public List<Sql> statements() {
    return List.of(
        images.change() == Change.CREATE
            ? Sql.of("DROP INDEX {}", images.object())
            : ObjectRestore.kept(images.definition()));
  }

  /** What was dropped, or what has been made, as the database writes it. */
  @Override
  public Images kept(Session session, int step, Optional<String> before) {
    return Images.ofObject(
        step,
        change(),
        images.changed(),
        images.object(),
        name(),
        before.or(() -> now(session)).orElse(images.definition()),
        statements().getFirst().toString());
  }
}
