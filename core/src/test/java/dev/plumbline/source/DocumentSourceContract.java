package dev.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.plumbline.document.Document;
import dev.plumbline.source.DocumentSource.Fate;
import dev.plumbline.source.DocumentSource.Page;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every place that documents live in. */
abstract class DocumentSourceContract {
  static final String DOCUMENT = "progress";

  /** A place with documents that the test can reach past the source. */
  interface Place extends AutoCloseable {
    DocumentSource open();

    /** Puts so many documents there, and tells their ids. */
    List<String> fill(int count);

    String text(String id);

    /** Someone else changes one. */
    void change(String id, String text);

    void remove(String id);

    /** Ids that nothing there has, of all sorts. */
    List<String> strangers();

    @Override
    void close();
  }

  private Place place;
  private DocumentSource source;

  abstract Place place();

  @BeforeEach
  void open() {
    place = place();
    source = place.open();
  }

  @AfterEach
  void close() {
    source.close();
    place.close();
  }

  @Test
  void gives_each_document_once_in_pages() {
    List<String> ids = place.fill(250);
    List<Document> documents = all(source, Optional.empty(), 40, page -> {});
    assertThat(documents).extracting(Document::id).doesNotHaveDuplicates();
    assertThat(documents).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(documents)
        .allSatisfy(each -> assertThat(each.text(DOCUMENT)).contains(place.text(each.id())));
  }

  @Test
  void names_its_place_always_alike_and_without_secrets() {
    assertThat(source.place()).isNotBlank().doesNotContain("secret", "?", "{most}");
    try (DocumentSource later = place.open()) {
      assertThat(later.place()).isEqualTo(source.place());
    }
  }

  @Test
  void gives_no_page_larger_than_asked_for() {
    place.fill(30);
    assertThat(source.page(Optional.empty(), 7).documents()).hasSizeBetween(1, 7);
  }

  @Test
  void ends_where_nothing_is() {
    Page page = source.page(Optional.empty(), 100);
    assertThat(page.documents()).isEmpty();
    assertThat(page.end()).isEmpty();
  }

  @Test
  void leaves_none_out_while_others_are_changed_and_removed() {
    List<String> ids = place.fill(120);
    TreeSet<String> removed = new TreeSet<>();
    Consumer<Page> meddle =
        page -> {
          String first = page.documents().getFirst().id();
          place.remove(first);
          removed.add(first);
          place.change(page.documents().getLast().id(), "{\"changed\":1}");
        };
    List<Document> documents = all(source, Optional.empty(), 25, meddle);
    assertThat(removed).hasSizeGreaterThan(3);
    assertThat(documents).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void goes_on_from_the_end_of_a_page_when_opened_anew() {
    List<String> ids = place.fill(90);
    Page first = source.page(Optional.empty(), 30);
    List<String> seen = new ArrayList<>(first.documents().stream().map(Document::id).toList());
    try (DocumentSource later = place.open()) {
      all(later, first.end(), 30, page -> {}).forEach(document -> seen.add(document.id()));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void the_end_of_a_page_is_a_place_to_go_on_from() {
    place.fill(90);
    String end = source.page(Optional.empty(), 30).end().orElseThrow();
    assertThatCode(() -> source.requirePlace(end)).doesNotThrowAnyException();
  }

  @Test
  void reads_what_is_there_and_leaves_out_the_rest() {
    List<String> ids = place.fill(130);
    List<String> wanted = new ArrayList<>(place.strangers());
    wanted.addAll(ids);
    wanted.add(ids.getFirst());
    place.change(ids.get(3), "{\"fresh\":true}");
    List<Document> documents = source.read(wanted);
    assertThat(documents).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(source.read(List.of(ids.get(3))).getFirst().text(DOCUMENT))
        .contains("{\"fresh\":true}");
  }

  @Test
  void reads_nothing_where_nothing_is_asked_for() {
    place.fill(1);
    assertThat(source.read(List.of())).isEmpty();
    assertThat(source.write(List.of())).isEmpty();
  }

  @Test
  void writes_texts_as_they_are() {
    List<String> ids = place.fill(3);
    List<String> texts =
        List.of(
            "{\"a\" : [1,2.50, 1e400]}\n",
            "{\"grüße\":\"\\ud83d\\ude00 😀 \\u0000 \\ud800\"}",
            "{\"long\":\"" + "x".repeat(65_000) + "\"}");
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      writes.add(write(ids.get(i), texts.get(i), Optional.empty()));
    }
    List<Written> written = source.write(writes);
    assertThat(written).containsExactlyElementsOf(ids.stream().map(Written::done).toList());
    for (int i = 0; i < 3; i++) {
      assertThat(place.text(ids.get(i))).isEqualTo(texts.get(i));
    }
  }

  @Test
  void tells_of_each_write_in_the_order_given() {
    List<String> ids = place.fill(4);
    place.remove(ids.get(1));
    List<Write> writes =
        ids.stream()
            .sorted(Comparator.reverseOrder())
            .map(id -> write(id, "{}", Optional.empty()))
            .toList();
    List<Written> written = source.write(writes);
    assertThat(written)
        .extracting(Written::id)
        .containsExactlyElementsOf(writes.stream().map(Write::id).toList());
    assertThat(written)
        .allSatisfy(
            each ->
                assertThat(each.fate())
                    .isEqualTo(each.id().equals(ids.get(1)) ? Fate.GONE : Fate.DONE));
  }

  @Test
  void writes_more_than_fit_into_one_request() {
    List<String> ids = place.fill(230);
    List<Written> written =
        source.write(ids.stream().map(id -> write(id, "{\"n\":1}", Optional.empty())).toList());
    assertThat(written).hasSize(230).allMatch(each -> each.fate() == Fate.DONE);
    assertThat(ids).allSatisfy(id -> assertThat(place.text(id)).isEqualTo("{\"n\":1}"));
  }

  @Test
  void counts_where_it_can() {
    place.fill(17);
    source.count().ifPresent(count -> assertThat(count).isEqualTo(17));
  }

  static Write write(String id, String text, Optional<String> version) {
    return new Write(id, Map.of(DOCUMENT, Optional.of(text)), version);
  }

  static List<Document> all(
      DocumentSource source, Optional<String> after, int most, Consumer<Page> afterEach) {
    List<Document> documents = new ArrayList<>();
    Optional<String> place = after;
    do {
      Page page = source.page(place, most);
      documents.addAll(page.documents());
      place = page.end();
      if (!page.documents().isEmpty()) {
        afterEach.accept(page);
      }
    } while (place.isPresent());
    return documents;
  }
}
