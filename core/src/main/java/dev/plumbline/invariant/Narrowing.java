package dev.plumbline.invariant;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.dialect.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which part of an invariant a query is about.
 *
 * @param where a further condition over the same rows as the invariant's own {@code where}
 * @param keys a condition over the key's columns, wherever they stand in the query
 */
public record Narrowing(Optional<Fragment> where, Optional<KeyCondition> keys) {

  /** Makes a condition of the expressions that stand for the key's columns. */
  @FunctionalInterface
  public interface KeyCondition {
    Sql over(List<Sql> key);
  }

  /** The whole invariant. */
  public static Narrowing none() {
    return new Narrowing(Optional.empty(), Optional.empty());
  }

  public Narrowing and(KeyCondition condition) {
    KeyCondition both =
        keys.map(
                first ->
                    (KeyCondition) key -> Sql.and(List.of(first.over(key), condition.over(key))))
            .orElse(condition);
    return new Narrowing(where, Optional.of(both));
  }

  /** The condition over the key, {@code TRUE} if there is none. */
  Sql overKey(List<Sql> key) {
    return keys.map(k -> k.over(key)).orElseGet(() -> Sql.of("TRUE"));
  }

  /** The invariant's own {@code where} and the further one. */
  Sql overRow(Optional<Fragment> own) {
    return Sql.and(Stream.of(own, where).flatMap(Optional::stream).map(Sql::user).toList());
  }
}
