package dev.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.document.Document;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Credential;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.http.TestServer;
import dev.plumbline.source.DocumentSource.Fate;
import dev.plumbline.source.DocumentSource.Page;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiTest extends DocumentSourceContract {
  private static final HttpLimits FAST =
      new HttpLimits(1_000_000, 100_000, 1_000_000, 0.05, Duration.ofSeconds(20));
  private static final SourceSetting.Listing BY_CURSOR =
      new SourceSetting.Listing("/things?size={most}", ".things", ".cursor", Optional.of("from"));
  private static final SourceSetting.Listing BY_ADDRESS =
      new SourceSetting.Listing("/things?size={most}", ".things[]", ".more", Optional.empty());

  @Override
  Place place() {
    return new ShelfPlace(BY_CURSOR, false);
  }

  /** Records of the small API. */
  private static final class ShelfPlace implements Place {
    private final TestServer server;
    private final Shelf shelf;
    private final SourceSetting.Listing list;
    private final boolean values;

    ShelfPlace(SourceSetting.Listing list, boolean values) {
      try {
        this.server = new TestServer();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      this.list = list;
      this.values = values;
      this.shelf = new Shelf(values);
      server.otherwise(shelf.behaviour());
    }

    @Override
    public DocumentSource open() {
      return HttpApiTest.open(
          new SourceSetting.Http(
              URI.create(server.uri() + "/v1/"),
              Optional.of(new Credential.Token("secret-token")),
              Map.of("X-Api-Key", "secret-key"),
              list,
              ".key",
              Optional.empty(),
              ".data",
              values,
              new SourceSetting.Reading("/things/{id}", "."),
              Map.of(
                  "place", new SourceSetting.Reading("/things?size=1&from={value}", ".things[0]")),
              new SourceSetting.Writing("PATCH", "/things/{id}", "{data: .properties}", true),
              FAST));
    }

    @Override
    public List<String> fill(int count) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "a b/ü+" + i;
        shelf.put(id, "{\"i\":" + i + "}");
        ids.add(id);
      }
      return ids;
    }

    @Override
    public String text(String id) {
      return shelf.document(id);
    }

    @Override
    public void change(String id, String text) {
      shelf.put(id, text);
    }

    @Override
    public void remove(String id) {
      shelf.remove(id);
    }

    @Override
    public List<String> strangers() {
      return List.of("", "none", "..", "../things", "?", "#", "%", "a b/ü+", "{id}");
    }

    @Override
    public void close() {
      server.close();
    }
  }

  private static DocumentSource open(SourceSetting.Http setting) {
    return Sources.open(setting, new TreeSet<>(List.of(DOCUMENT, "count")), DOCUMENT);
  }

  @Test
  void follows_addresses_of_pages() {
    try (ShelfPlace place = new ShelfPlace(BY_ADDRESS, false);
        DocumentSource source = place.open()) {
      List<String> ids = place.fill(35);
      List<Document> documents = all(source, Optional.empty(), 10, page -> {});
      assertThat(documents).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(place.server.asked()).hasSize(4);
    }
  }

  @Test
  void sends_its_token_to_no_other_place_that_an_answer_names() throws IOException {
    try (ShelfPlace place = new ShelfPlace(BY_ADDRESS, false);
        TestServer other = new TestServer();
        DocumentSource source = place.open()) {
      place.server.then(
          TestServer.json(200, "{\"things\":[],\"more\":\"" + other.uri() + "/v1/things\"}"));
      Page page = source.page(Optional.empty(), 10);
      assertFails(ErrorCode.PROJECT, () -> source.page(page.end(), 10));
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void what_is_no_place_is_the_fault_of_whoever_typed_it() throws IOException {
    try (ShelfPlace byAddress = new ShelfPlace(BY_ADDRESS, false);
        ShelfPlace byCursor = new ShelfPlace(BY_CURSOR, false);
        DocumentSource addresses = byAddress.open();
        DocumentSource cursors = byCursor.open()) {
      assertFails(ErrorCode.USAGE, () -> addresses.requirePlace("https://elsewhere.example.com/"));
      assertFails(ErrorCode.USAGE, () -> addresses.requirePlace("x y"));
      assertThat(byAddress.server.asked()).isEmpty();
      assertFails(ErrorCode.USAGE, () -> addresses.requirePlace("nowhere"));
      byCursor.server.then(TestServer.json(422, "{\"message\":\"no such cursor\"}"));
      assertFails(ErrorCode.USAGE, () -> cursors.requirePlace("x"));
    }
  }

  @Test
  void overwrites_nothing_that_has_changed_since() {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, false);
        DocumentSource source = place.open()) {
      String id = place.fill(1).getFirst();
      Document read = source.read(List.of(id)).getFirst();
      place.change(id, "{\"newer\":1}");
      Written late = source.write(List.of(write(id, "{}", read.version()))).getFirst();
      assertThat(late).isEqualTo(new Written(id, Fate.CHANGED, "412 it is another one now"));
      assertThat(place.text(id)).isEqualTo("{\"newer\":1}");
      Document again = source.read(List.of(id)).getFirst();
      assertThat(source.write(List.of(write(id, "{}", again.version()))).getFirst())
          .isEqualTo(Written.done(id));
    }
  }

  @Test
  void keeps_documents_that_are_values() {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, true);
        DocumentSource source = place.open()) {
      place.shelf.put("k", "{ \"a\": [1.50, 1E+2, 12345678901234567890123] }");
      Document read = source.read(List.of("k")).getFirst();
      assertThat(source.keepsValues()).isTrue();
      assertThat(read.text(DOCUMENT)).contains("{\"a\":[1.50,1E+2,12345678901234567890123]}");
      Map<String, Optional<String>> both =
          Map.of(DOCUMENT, Optional.of("{\"b\": 2.0}"), "count", Optional.of("7"));
      assertThat(source.write(List.of(new Write("k", both, read.version()))))
          .containsExactly(Written.done("k"));
      assertThat(place.shelf.data("k").toString())
          .isEqualTo("{\"progress\":{\"b\":2.0},\"count\":\"7\"}");
      assertThat(source.write(List.of(write("k", "{not", Optional.empty()))).getFirst().fate())
          .isEqualTo(Fate.REFUSED);
    }
  }

  @Test
  void does_not_mistake_a_value_for_a_text() {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, false);
        DocumentSource source = place.open()) {
      place.server.then(
          TestServer.json(200, "{\"things\":[{\"key\":7,\"data\":{\"progress\":{\"a\":1}}}]}"));
      Page page = source.page(Optional.empty(), 10);
      assertThat(page.documents()).isEmpty();
      assertThat(page.unreadable().getFirst().what()).contains("values: true");
    }
  }

  @Test
  void looks_up_by_what_the_file_says() {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, false);
        DocumentSource source = place.open()) {
      place.shelf.put("b", "{}");
      assertThat(source.find("place", "a")).get().extracting(Document::id).isEqualTo("b");
      assertThat(source.find("place", "c")).isEmpty();
      assertFails(ErrorCode.USAGE, () -> source.find("email", "c"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, REFUSED",
    "422, REFUSED",
    "413, REFUSED",
    "409, REFUSED",
    "404, GONE",
    "410, GONE",
    "412, CHANGED",
    "500, UNKNOWN",
    "503, UNKNOWN"
  })
  void tells_what_became_of_a_write(int status, Fate fate) {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, false);
        DocumentSource source = place.open()) {
      place.server.otherwise(TestServer.json(status, "{\"message\":\"secret-key\"}"));
      Written written = source.write(List.of(write("k", "{}", Optional.empty()))).getFirst();
      assertThat(written.fate()).isEqualTo(fate);
      assertThat(written.what()).contains(String.valueOf(status)).doesNotContain("secret");
      assertThat(place.server.asked()).hasSize(1);
    }
  }

  @Test
  void stops_at_what_concerns_more_than_one() {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, false);
        DocumentSource source = place.open()) {
      place.server.otherwise(TestServer.json(405, "{}"));
      assertFails(
          ErrorCode.PROJECT, () -> source.write(List.of(write("k", "{}", Optional.empty()))));
      assertFails(ErrorCode.PROJECT, () -> source.page(Optional.empty(), 10));
      place.server.otherwise(TestServer.json(403, "{}"));
      assertFails(
          ErrorCode.DENIED, () -> source.write(List.of(write("k", "{}", Optional.empty()))));
    }
  }

  @Test
  void says_which_key_does_not_fit_the_answers() {
    try (ShelfPlace place = new ShelfPlace(BY_CURSOR, false);
        DocumentSource source = place.open()) {
      place.server.then(
          TestServer.json(200, "[]"),
          TestServer.json(200, "{\"things\":[{\"id\":1}]}"),
          TestServer.json(200, "{\"things\":[],\"cursor\":\"same\"}"));
      assertFails(ErrorCode.PROJECT, () -> source.page(Optional.empty(), 10), "list.items");
      assertFails(ErrorCode.PROJECT, () -> source.page(Optional.empty(), 10), "no id");
      assertFails(ErrorCode.PROJECT, () -> source.page(Optional.of("same"), 10), "just given");
    }
  }

  @Test
  void says_where_an_address_or_a_program_is_wrong() {
    assertFails(ErrorCode.PROJECT, () -> open(setting("/things", ".")), "read.url");
    assertFails(ErrorCode.PROJECT, () -> open(setting("/things/{id}", ".a b c")), "read.item");
    assertThat(setting("/", ".").toString()).contains("X-Api-Key").doesNotContain("secret");
  }

  private static SourceSetting.Http setting(String read, String item) {
    return new SourceSetting.Http(
        URI.create("https://api.example.com"),
        Optional.of(new Credential.Token("secret-token")),
        Map.of("X-Api-Key", "secret-key"),
        BY_CURSOR,
        ".id",
        Optional.empty(),
        ".",
        false,
        new SourceSetting.Reading(read, item),
        Map.of(),
        new SourceSetting.Writing("PATCH", "/things/{id}", ".", true),
        FAST);
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlumblineException.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.what() + error.safe() + error.next()).doesNotContain("secret");
              for (String word : words) {
                assertThat(error.what()).contains(word);
              }
            });
  }
}
