package dev.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.document.Document;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.source.DocumentSource.Fate;
import dev.plumbline.source.DocumentSource.Page;
import dev.plumbline.source.DocumentSource.Unreadable;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileFolderTest extends DocumentSourceContract {
  @TempDir Path parent;

  @Override
  Place place() {
    return new FolderPlace(parent.resolve("place"));
  }

  /** Files in folders of a folder. */
  private record FolderPlace(Path folder) implements Place {
    FolderPlace {
      try {
        Files.createDirectories(folder.resolve("a/b"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public DocumentSource open() {
      return FileFolderTest.open(folder, "**.json");
    }

    @Override
    public List<String> fill(int count) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = List.of("", "a/", "a/b/").get(i % 3) + "größe " + i + ".json";
        change(id, "{\"i\":" + i + "}");
        ids.add(id);
      }
      return ids;
    }

    @Override
    public String text(String id) {
      try {
        return Files.readString(folder.resolve(id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void change(String id, String text) {
      try {
        Files.writeString(folder.resolve(id), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void remove(String id) {
      try {
        Files.delete(folder.resolve(id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public List<String> strangers() {
      return List.of(
          "no.json", "", ".", "..", "a", "../x.json", "/etc/passwd", "\0", "a/none/x.json");
    }

    @Override
    public void close() {
      // The folder goes with the test.
    }
  }

  private static DocumentSource open(Path folder, String glob) {
    return Sources.open(
        new SourceSetting.Files(folder, glob), new TreeSet<>(List.of(DOCUMENT)), DOCUMENT);
  }

  private Path file(String name, String text) throws IOException {
    Path file = parent.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Written write(DocumentSource source, Document document, String text) {
    return source.write(List.of(write(document.id(), text, document.version()))).getFirst();
  }

  @Test
  void takes_the_files_that_the_pattern_names() throws IOException {
    file("f/one.json", "1");
    file("f/two.txt", "2");
    file("f/g/three.json", "3");
    assertThat(ids(open(parent.resolve("f"), "*.json"))).containsExactly("one.json");
    assertThat(ids(open(parent.resolve("f"), "**.json")))
        .containsExactly("g/three.json", "one.json");
  }

  @Test
  void who_begins_anywhere_sees_the_folder_as_it_is() throws IOException {
    file("f/a.json", "1");
    file("f/c.json", "3");
    try (DocumentSource source = open(parent.resolve("f"), "*.json")) {
      Optional<String> end = source.page(Optional.empty(), 1).end();
      assertThat(source.page(end, 1).end()).isEmpty();
      file("f/b.json", "2");
      assertThat(source.page(end, 1).documents())
          .extracting(Document::id)
          .containsExactly("b.json");
    }
  }

  private static List<String> ids(DocumentSource source) {
    return all(source, Optional.empty(), 10, page -> {}).stream().map(Document::id).toList();
  }

  @Test
  void overwrites_nothing_that_has_changed_since() throws IOException {
    Path file = file("f/one.json", "{\"a\":1}");
    try (DocumentSource source = open(parent.resolve("f"), "**.json")) {
      Document read = source.read(List.of("one.json")).getFirst();
      Files.writeString(file, "{\"a\":2}");
      assertThat(write(source, read, "{}").fate()).isEqualTo(Fate.CHANGED);
      assertThat(file).hasContent("{\"a\":2}");
      Document again = source.read(List.of("one.json")).getFirst();
      assertThat(write(source, again, "{}").fate()).isEqualTo(Fate.DONE);
      assertThat(file).hasContent("{}");
    }
  }

  @Test
  void says_on_one_line_that_a_pattern_is_none() throws IOException {
    file("f/one.json", "{}");
    assertThatThrownBy(() -> open(parent.resolve("f"), "[a"))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROJECT);
              assertThat(e.what()).startsWith("The pattern [a is not one: ").hasLineCount(1);
            });
  }

  /** Linux takes paths of 4,095 characters: there is room for the file, and none beside it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void says_in_words_why_a_file_cannot_be_replaced() throws IOException {
    StringBuilder deep = new StringBuilder(parent.toRealPath() + "/f");
    int longest = 4_095 - "/one.json".length();
    while (deep.length() + 202 < longest) {
      deep.append('/').append("d".repeat(200));
    }
    deep.append('/').append("e".repeat(longest - deep.length() - 1));
    Path folder = Files.createDirectories(Path.of(deep.toString()));
    Files.writeString(folder.resolve("one.json"), "{}");
    try (DocumentSource source = open(folder, "**.json")) {
      Document read = source.read(List.of("one.json")).getFirst();
      Written refused = write(source, read, "{\"a\":1}");
      assertThat(refused.fate()).isEqualTo(Fate.REFUSED);
      assertThat(refused.what())
          .matches("cannot be written: .+")
          .doesNotContain("Exception", parent.toString());
    }
    assertThat(folder.resolve("one.json")).hasContent("{}");
  }

  @Test
  void keeps_permissions_and_leaves_nothing_beside() throws IOException {
    Path file = file("f/one.json", "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r-x"));
    try (DocumentSource source = open(parent.resolve("f"), "**.json")) {
      Document read = source.read(List.of("one.json")).getFirst();
      write(source, read, "{\"n\":1}");
      write(source, read, "{\"n\":2}");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r-x");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_reader_that_has_the_file_open_keeps_the_old_content() throws IOException {
    Path file = file("f/one.json", "{\"old\":true}");
    try (DocumentSource source = open(parent.resolve("f"), "**.json");
        var reader = Files.newInputStream(file)) {
      write(source, source.read(List.of("one.json")).getFirst(), "{}");
      assertThat(new String(reader.readAllBytes(), "UTF-8")).isEqualTo("{\"old\":true}");
    }
  }

  @Test
  void tells_of_what_is_no_text_and_goes_on() throws IOException {
    file("f/one.json", "{}");
    Files.write(parent.resolve("f/latin.json"), new byte[] {'"', (byte) 0xe4, '"'});
    try (DocumentSource source = open(parent.resolve("f"), "**.json")) {
      Page page = source.page(Optional.empty(), 10);
      assertThat(page.documents()).extracting(Document::id).containsExactly("one.json");
      assertThat(page.unreadable())
          .containsExactly(new Unreadable("latin.json", "the file is not in UTF-8"));
    }
  }

  @Test
  void tells_of_a_name_that_is_no_text() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("names"));
    Files.writeString(folder.resolve("a.json"), "{}");
    Path latin = Path.of(URI.create(folder.toUri() + "caf%E9.json"));
    Files.writeString(latin, "{}");
    try (DocumentSource source = open(folder, "**.json")) {
      Page page = source.page(Optional.empty(), 10);
      assertThat(page.documents()).extracting(Document::id).containsExactly("a.json");
      assertThat(page.unreadable()).extracting(Unreadable::id).containsExactly("caf%E9.json");
      assertThat(page.unreadable().getFirst().what()).contains("name is no text in");
    }
    try (DocumentSource source = open(folder, "**.json")) {
      assertThat(source.named(List.of("caf%E9.json", "no%20.json")).unreadable())
          .extracting(Unreadable::id)
          .containsExactly("caf%E9.json");
    }
  }

  @Test
  void sweeps_away_what_dead_writers_have_left_and_nothing_else() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("strays/a"));
    Files.writeString(folder.resolve("a.json"), "{}");
    Path stray = Files.writeString(folder.resolve(".plumb-123.tmp"), "{\"private\": 1}");
    Path other = Files.writeString(folder.resolve(".plumb-notes"), "mine");
    Path alive = folder.resolve("b.json");
    Files.writeString(alive, "{}");
    try (Replacement living = Replacement.beside(alive, new byte[] {'1'});
        DocumentSource source = open(parent.resolve("strays"), "**")) {
      assertThat(source.page(Optional.empty(), 10).documents())
          .extracting(Document::id)
          .containsExactly("a/.plumb-notes", "a/a.json", "a/b.json");
      assertThat(stray).exists();
      write(source, source.read(List.of("a/a.json")).getFirst(), "{\"n\":1}");
      assertThat(stray).doesNotExist();
      assertThat(other).exists();
      living.take();
    }
    assertThat(alive).hasContent("1");
  }

  @Test
  void refuses_half_a_character() throws IOException {
    Path file = file("f/one.json", "{}");
    try (DocumentSource source = open(parent.resolve("f"), "**.json")) {
      Document read = source.read(List.of("one.json")).getFirst();
      assertThat(write(source, read, "\"\ud800\"").fate()).isEqualTo(Fate.REFUSED);
      assertThat(file).hasContent("{}");
    }
  }

  @Test
  void deletes_no_file() throws IOException {
    file("f/one.json", "{}");
    try (DocumentSource source = open(parent.resolve("f"), "**.json")) {
      Write away = new Write("one.json", Map.of(DOCUMENT, Optional.empty()), Optional.empty());
      assertThat(source.write(List.of(away)).getFirst().fate()).isEqualTo(Fate.REFUSED);
    }
  }

  @Test
  void follows_no_link() throws IOException {
    Path secret = file("outside/secret.json", "{\"secret\":1}");
    Path one = file("f/one.json", "{}");
    Path folder = one.getParent();
    Files.createSymbolicLink(folder.resolve("out.json"), secret);
    Files.createSymbolicLink(folder.resolve("twice.json"), one);
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    Files.createSymbolicLink(folder.resolve("dir"), secret.getParent());
    try (DocumentSource source = open(folder, "**.json")) {
      assertThat(ids(source)).containsExactly("one.json");
      List<String> links = List.of("out.json", "twice.json", "loop/one.json", "dir/secret.json");
      assertThat(source.read(links)).isEmpty();
      for (String link : links) {
        assertThat(source.write(List.of(write(link, "{}", Optional.empty()))).getFirst().fate())
            .isEqualTo(Fate.GONE);
      }
      assertThat(secret).hasContent("{\"secret\":1}");
    }
  }

  @Test
  void says_what_is_wrong_with_the_setting() {
    assertThatThrownBy(() -> open(parent.resolve("none"), "**.json"))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT));
    assertThatThrownBy(() -> open(parent, "{a"))
        .isInstanceOfSatisfying(
            PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROJECT));
  }

  @Test
  void cannot_be_looked_up_by_another_property() throws IOException {
    file("f/one.json", "{}");
    try (DocumentSource source = open(parent.resolve("f"), "**.json")) {
      assertThatThrownBy(() -> source.find("email", "x"))
          .isInstanceOfSatisfying(
              PlumblineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
    }
  }
}
