package dev.plumbline.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.document.CarriedBack;
import dev.plumbline.document.Check;
import dev.plumbline.document.Document;
import dev.plumbline.document.Examination;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Preserve;
import dev.plumbline.document.Program;
import dev.plumbline.document.Transform;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.error.Position;
import dev.plumbline.error.ProjectException;
import dev.plumbline.http.Credential;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.source.SourceSetting;
import dev.plumbline.testkit.Golden;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transforms' files, and what is told of those that are wrong. */
class TransformReaderTest {
  private static final Path CASES = Path.of("src", "test", "resources", "transform-errors");
  private static final ReadOptions OPTIONS =
      new ReadOptions(Optional.empty(), Map.of("CRM_TOKEN", "secret-token"), Optional.empty());

  @TempDir Path directory;

  private TransformFile read(String text) {
    return TransformReader.read(
        directory.resolve("transforms/progress.yaml"), text, OPTIONS, directory);
  }

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says_what_is_wrong_and_what_to_write_instead(String folder) {
    Path project = CASES.resolve(folder);
    ProjectException error =
        catchThrowableOfType(
            ProjectException.class, () -> new TransformFolder(project).read("progress", OPTIONS));
    assertThat(error).as("it is read as if it were right").isNotNull();
    String message = error.what() + "\n\n" + error.safe() + "\n" + error.next() + "\n";
    assertThat(message).doesNotContain("secret-token");
    Golden.exact()
        .assertMatches(
            Path.of("transform-errors", folder, "expect-error.txt"),
            message.replace(project + "/", ""));
  }

  @Test
  void no_case_is_lost() throws IOException {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void the_example_is_read() {
    TransformFile file =
        new TransformFolder(HierarchicalProgressTest.EXAMPLE)
            .read("hierarchical-progress", HierarchicalProgressTest.OPTIONS);
    Transform transform = file.transform();
    assertThat(file.source())
        .isEqualTo(
            new SourceSetting.Hubspot(
                URI.create("http://127.0.0.1:8080"),
                "contacts",
                new Credential.Token("hush-hush"),
                Map.of(),
                HttpLimits.DEFAULT));
    assertThat(transform.name()).isEqualTo("hierarchical-progress");
    assertThat(transform.definition()).contains("${CRM_TOKEN}").doesNotContain("hush-hush");
    assertThat(transform.properties())
        .containsExactly("hhl_progress_state", "hhl_progress_summary", "hhl_progress_updated_at");
    assertThat(transform.inputs().values().get("courses").get("data-handling").get("modules"))
        .hasSize(3);
    assertThat(transform.preserve())
        .extracting(Preserve::name)
        .containsExactly("modules", "pathways", "timestamps", "standalone", "top");
    assertThat(transform.limits().characters()).hasValue(65_536);
    assertThat(transform.idempotent()).isTrue();
    assertThat(transform.keep()).isEqualTo(Duration.ofDays(30));
    assertThat(file.toString()).doesNotContain("hush-hush");
  }

  @Test
  void files_with_a_byte_order_mark_are_read() throws IOException {
    Path input = directory.resolve("courses.json");
    Files.writeString(input, "\uFEFF{\"a\": 1}");
    TransformFile file =
        read(
            "\uFEFFsays: Short.\nsource: {files: documents}\ninputs: {courses: courses.json}\n"
                + "transform: '{a: $courses.a}'\nvalidate: {schema: courses.json}\n");
    assertThat(file.transform().inputs().values().get("courses").get("a").intValue()).isEqualTo(1);
    assertThat(file.transform().definition()).startsWith("says");
  }

  @Test
  void a_folder_needs_no_property() {
    TransformFile file =
        read("says: Short.\nsource: {files: documents}\ntransform: del(.old)\nkeep: 12h\n");
    assertThat(file.source())
        .isEqualTo(new SourceSetting.Files(directory.resolve("documents"), "documents", "**.json"));
    assertThat(file.transform().property()).isEqualTo(Transform.WHOLE);
    assertThat(file.transform().program()).isEqualTo(new Program.Jq("del(.old)"));
    assertThat(file.transform().keep()).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void a_column_is_named_with_its_table() {
    TransformFile file =
        read(
            """
            says: Short.
            source: {column: campus.contacts, key: [tenant, id], where: progress IS NOT NULL}
            document: progress
            transform: .
            reads: email
            also: {summary: $record.email}
            validate: length > 0
            """);
    assertThat(file.source())
        .isEqualTo(
            new SourceSetting.Column(
                "campus.contacts",
                Optional.of(List.of("tenant", "id")),
                Optional.of(
                    new Fragment(
                        "progress IS NOT NULL",
                        new Position(directory.resolve("transforms/progress.yaml"), 2, 61),
                        61))));
    assertThat(file.transform().properties()).containsExactly("email", "progress", "summary");
    assertThat(file.transform().written()).containsExactly("progress", "summary");
    assertThat(file.transform().check()).contains(new Check.Holds(new Program.Jq("length > 0")));
  }

  @Test
  void an_api_is_described() {
    SourceSetting.Http http =
        (SourceSetting.Http)
            read("""
                says: Short.
                source:
                  http: https://api.example.com/v1/
                  token: ${CRM_TOKEN}
                  headers: {X-Tenant: 7}
                  list: {url: /records, items: .data, next: .paging.next, after: cursor}
                  read: {url: "/records/{id}"}
                  find: {email: {url: "/records?email={value}", item: ".[0]"}}
                  write: {url: "/records/{id}", method: PUT, body: "{data: .properties}", check: false}
                  version: .revision
                  limits: {per_10_seconds: 50, headroom: 12.5%, timeout: 5s}
                document: progress
                transform: .
                """)
                .source();
    assertThat(http)
        .isEqualTo(
            new SourceSetting.Http(
                URI.create("https://api.example.com/v1"),
                Optional.of(new Credential.Token("secret-token")),
                Map.of("X-Tenant", "7"),
                new SourceSetting.Listing(
                    "/records", ".data", ".paging.next", Optional.of("cursor")),
                ".id",
                Optional.of(".revision"),
                ".",
                false,
                new SourceSetting.Reading("/records/{id}", "."),
                Map.of("email", new SourceSetting.Reading("/records?email={value}", ".[0]")),
                new SourceSetting.Writing("PUT", "/records/{id}", "{data: .properties}", false),
                new HttpLimits(50, 5, 250_000, 0.125, Duration.ofSeconds(5))));
  }

  @Test
  void conditions_tell_present_from_the_text_present() {
    SourceSetting.Hubspot hubspot =
        (SourceSetting.Hubspot)
            read("""
                says: Short.
                source:
                  hubspot: contacts
                  url: http://127.0.0.1:8080
                  token_file: secrets/token
                  where: {progress: present, state: "present", tier: 2}
                document: progress
                transform: .
                """)
                .source();
    assertThat(hubspot.where())
        .isEqualTo(
            Map.of(
                "progress", Optional.empty(),
                "state", Optional.of("present"),
                "tier", Optional.of("2")));
    assertThat(hubspot.credential())
        .isEqualTo(new Credential.TokenFile(directory.resolve("secrets/token")));
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    PlumblineException error =
        catchThrowableOfType(
            PlumblineException.class,
            () ->
                new TransformFolder(HierarchicalProgressTest.EXAMPLE)
                    .read("hierarchic-progress", OPTIONS));
    assertThat(error.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(error.next()).contains("hierarchical-progress");
  }

  @Test
  void the_transform_of_the_page_is_read_and_proven() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "transforms.md"));
    String text = page.split("```yaml\n", -1)[1].split("```", -1)[0];
    Files.createDirectories(directory.resolve("content/courses"));
    Files.writeString(
        directory.resolve("content/courses/algebra.json"), "{\"title\": \"Algebra\"}");
    Examiner examiner = new Examiner(read(text).transform(), Clock.systemUTC());
    String after = "{\"algebra\":{\"title\":\"Algebra\",\"modules\":{\"sets\":1}}}";
    assertThat(examiner.examine(Document.of("1", Map.of("document", "{\"algebra\":{\"sets\":1}}"))))
        .isEqualTo(new Examination.Transformed(Map.of("document", after), Map.of()));
    assertThat(examiner.carryBack("{\"algebra\":{\"sets\":1}}", after, after.replace("1", "2")))
        .isEqualTo(new CarriedBack.Carried("{\"algebra\":{\"sets\":2}}"));
    assertThat(List.of(TransformReader.KEYS, PreserveReader.KEYS, HttpParts.LISTING))
        .allSatisfy(
            keys -> assertThat(keys).allSatisfy(key -> assertThat(page).contains("`" + key)));
  }
}
