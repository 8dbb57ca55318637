package dev.plumbline.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.document.Document;
import dev.plumbline.document.Transform;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.source.DocumentSource;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StretchesTest {
  private static final int PAGE = 4;

  @TempDir Path folder;
  private DocumentSource source;

  @BeforeEach
  void open() {
    source =
        Sources.open(
            new SourceSetting.Files(folder, "*.json"),
            new TreeSet<>(Set.of(Transform.WHOLE)),
            Transform.WHOLE);
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void stretches_of_an_unchanged_listing_give_each_document_once() throws IOException {
    add(0, 40);
    assertThat(listed(starts(3, 7))).hasValue(List.copyOf(present()));
  }

  @Test
  void what_went_and_came_since_shifts_pages_but_hides_and_doubles_nothing() throws IOException {
    add(0, 40);
    List<Optional<String>> starts = starts(3, 7);
    remove(5);
    Files.writeString(file(11).resolveSibling("0011a.json"), "{}");
    assertThat(listed(starts)).hasValue(List.copyOf(present()));
  }

  @Test
  void a_start_whose_documents_are_all_gone_is_no_start() throws IOException {
    add(0, 40);
    List<Optional<String>> starts = starts(5);
    remove(3);
    IntStream.range(20, 40).forEach(this::remove);
    assertThat(listed(starts)).isEmpty();
  }

  @Test
  void an_error_of_one_stretch_ends_all() throws IOException {
    add(0, 40);
    List<Optional<String>> starts = starts(3, 7);
    assertThatThrownBy(
            () ->
                Stretches.through(
                    source,
                    starts,
                    PAGE,
                    page -> {
                      if (page.documents().getFirst().id().equals("0016.json")) {
                        throw new IllegalStateException("examining");
                      }
                    }))
        .hasMessage("examining");
    IntStream.range(0, 40).forEach(this::remove);
    Files.delete(folder);
    assertThatThrownBy(() -> listed(starts)).isInstanceOf(PlumblineException.class);
    Files.createDirectory(folder);
  }

  @Test
  void whatever_came_and_went_each_is_there_once_or_it_is_said_that_not() throws IOException {
    Random random = new Random(20261122);
    int whole = 0;
    for (int i = 0; i < 60; i++) {
      int many = 20 + random.nextInt(30);
      add(0, many);
      int pages = (many + PAGE - 1) / PAGE;
      List<Optional<String>> starts = starts(1 + random.nextInt(pages / 2 - 1), pages / 2);
      for (int change = random.nextInt(10); change > 0; change--) {
        int at = random.nextInt(many);
        if (random.nextBoolean()) {
          remove(at);
        } else {
          Files.writeString(
              folder.resolve("%04d%c.json".formatted(at, 'a' + random.nextInt(26))), "{}");
        }
      }
      Optional<List<String>> listed = listed(starts);
      if (listed.isPresent()) {
        assertThat(listed.get()).as("case %d", i).isEqualTo(List.copyOf(present()));
        whole++;
      }
      for (String name : present()) {
        Files.delete(folder.resolve(name));
      }
    }
    assertThat(whole).isGreaterThan(50);
  }

  private Optional<List<String>> listed(List<Optional<String>> starts) {
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    boolean all =
        Stretches.through(
            source,
            starts,
            PAGE,
            page -> page.documents().stream().map(Document::id).forEach(ids::add));
    return all ? Optional.of(ids.stream().sorted().toList()) : Optional.empty();
  }

  /** The beginning, and the ends of these pages, counted from 1. */
  private List<Optional<String>> starts(int... pages) {
    List<Optional<String>> ends = new ArrayList<>();
    Pages.from(source, Optional.empty(), PAGE, page -> ends.add(page.end()));
    List<Optional<String>> starts = new ArrayList<>();
    starts.add(Optional.empty());
    for (int page : pages) {
      starts.add(ends.get(page - 1));
    }
    return starts;
  }

  private void add(int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      Files.writeString(file(i), "{}");
    }
  }

  private void remove(int number) {
    try {
      Files.deleteIfExists(file(number));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(int number) {
    return folder.resolve("%04d.json".formatted(number));
  }

  private Set<String> present() throws IOException {
    try (var files = Files.list(folder)) {
      return new TreeSet<>(files.map(f -> f.getFileName().toString()).toList());
    }
  }
}
