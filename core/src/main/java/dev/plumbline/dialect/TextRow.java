package dev.plumbline.dialect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was read, and the texts that shall be written into it.
 *
 * @param key as {@link Dialect#keyJson} writes it
 * @param address its {@link Dialect#rowAddress}, as text; empty where rows have none
 * @param before what each of the {@link TextColumns} holds; null for NULL
 * @param after what each of them shall hold
 */
public record TextRow(
    String key, List<String> address, List<@Nullable String> before, List<@Nullable String> after) {
  public TextRow {
    address = List.copyOf(address);
    before = Collections.unmodifiableList(new ArrayList<>(before));
    after = Collections.unmodifiableList(new ArrayList<>(after));
  }
}
