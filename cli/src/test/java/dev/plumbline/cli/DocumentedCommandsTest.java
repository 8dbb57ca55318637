package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows is what happens. Each page's {@code console} blocks are carried out
 * from top to bottom, on fresh data of the example that the block names ({@code total-lessons}
 * unless it says otherwise):
 *
 * <ul>
 *   <li>{@code $ plumb … # exit 2} must end with that code, with 0 if there is none;
 *   <li>the lines below it must be its output, where a line {@code …} leaves lines out, one that
 *       ends in {@code …} is cut, and times and names of machines may differ;
 *   <li>{@code $ psql -c "…"} is somebody else's write;
 *   <li>a {@code yaml EXAMPLE} block whose first line is {@code # invariants/…} or {@code #
 *       plumb.yaml}, and a {@code sql EXAMPLE} block whose first is {@code -- migrations/…}, is put
 *       into the example's project.
 * </ul>
 */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final String EXAMPLE = "total-lessons";
  private static final String ON_SQLITE = "points-ledger";

  private static final Pattern BLOCK =
      Pattern.compile(
          "(?ms)^```(?<kind>console|yaml(?= )|sql(?= [\\w-]+\n-- migrations/))[ ]?(?<example>[\\w-]*)\n(?<text>.*?)^```");
  private static final Pattern COMMAND =
      Pattern.compile("\\$ (?:\\./)?plumb (?<words>.*?)(?:\\s+# exit (?<exit>\\d+))?");

  /** How far a command has come, which it says every few seconds where it takes so long. */
  private static final Pattern PROGRESS =
      Pattern.compile("[\\d,]+ (of [\\d,]+ )?(rows|documents) .*[\\d,]+ (rows|documents)/s.*");

  private static final Pattern WRITE = Pattern.compile("\\$ psql -c \"(?<sql>[^\"]*)\"");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern FILE =
      Pattern.compile("((?:\\w+=)?)([\\w-]+\\.(?:csv|jsonl?|xml|md))");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)(?<path>[^)#\\s]+)");

  /** Too long for a unit test; .ci/run runs them, as their readers do. */
  private static final List<String> RUN_ELSEWHERE = List.of("$ ./plumb demo", "$ ./mvnw verify");

  @TempDir Path directory;

  private final Map<String, TestDatabase> databases = new HashMap<>();

  /** Where a page is about documents behind an API. */
  private Optional<ContactsProject> contacts = Optional.empty();

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md").map(ROOT::resolve), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  static List<Path> pagesWithCommands() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path page : pages()) {
      if (Files.readString(page).contains("```console")) {
        pages.add(page);
      }
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void what_a_page_shows_is_what_happens(Path page) throws IOException {
    for (MatchResult block : BLOCK.matcher(Files.readString(page)).results().toList()) {
      String example = block.group("example").isEmpty() ? EXAMPLE : block.group("example");
      if (!block.group("kind").equals("console")) {
        writeFile(example, block.group("text"));
      } else {
        play(example, block.group("text").lines().toList());
      }
    }
  }

  @Test
  void the_pages_hold_commands_to_carry_out() throws IOException {
    assertThat(pagesWithCommands())
        .extracting(page -> page.getFileName().toString())
        .contains("README.md", "audit.md", "repair.md", "rollback.md", "journal.md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void what_a_page_links_to_is_there(Path page) throws IOException {
    Path from = Optional.ofNullable(page.getParent()).orElse(ROOT);
    assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group("path")))
        .allSatisfy(link -> assertThat(from.resolve(link)).exists());
  }

  private void writeFile(String example, String text) throws IOException {
    String name = text.lines().findFirst().orElse("");
    assertThat(name).matches("# (invariants/.+|plumb\\.yaml)|-- migrations/.+");
    Path file = project(example).resolve(name.replaceFirst("^(#|--) ", ""));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Each command with the lines below it. */
  private void play(String example, List<String> lines) throws IOException {
    int at = 0;
    while (at < lines.size()) {
      int next = at + 1;
      while (next < lines.size() && !lines.get(next).startsWith("$ ")) {
        next++;
      }
      step(example, lines.get(at), lines.subList(at + 1, next));
      at = next;
    }
  }

  private void step(String example, String line, List<String> below) throws IOException {
    var command = COMMAND.matcher(line);
    var write = WRITE.matcher(line);
    if (RUN_ELSEWHERE.contains(line)) {
      return;
    }
    if (write.matches()) {
      project(example);
      databases.get(example).execute(write.group("sql"));
      return;
    }
    assertThat(command.matches()).as("a line that the test can carry out: %s", line).isTrue();
    int exit = command.group("exit") == null ? 0 : Integer.parseInt(command.group("exit"));
    Cli.Result result = call(example, words(command.group("words")));
    assertThat(result.exit()).as("%s%n%s%s", line, result.out(), result.err()).isEqualTo(exit);
    assertShown(line, below, result);
  }

  private Cli.Result call(String example, List<String> words) throws IOException {
    if (example.equals(ContactsProject.TRANSFORM)) {
      return callWithContacts(words);
    }
    Path project = project(example);
    return new Cli(project, databases.get(example).url()).call(words.toArray(String[]::new));
  }

  private Cli.Result callWithContacts(List<String> words) throws IOException {
    Path copy = Files.createDirectories(directory.resolve(ContactsProject.TRANSFORM));
    ContactsProject project =
        contacts.orElseGet(
            () ->
                ContactsProject.of(
                    copy, CrmSettings.standard().withLimits(RateLimits.generous()), 5_000));
    contacts = Optional.of(project);
    List<String> all = new ArrayList<>(List.of("--project", copy.toString()));
    all.addAll(words);
    return Cli.call(
        Map.of(
            "CRM_URL",
            project.crm().uri().toString(),
            "CRM_TOKEN",
            project.crm().token(),
            "CRM_REQUESTS_PER_10_SECONDS",
            "10000"),
        all.toArray(String[]::new));
  }

  /** As a shell takes them apart; files are written where nobody minds. */
  private List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(MatchResult::group)
        .map(word -> word.matches("[\"'].*") ? word.substring(1, word.length() - 1) : word)
        .map(word -> FILE.matcher(word).matches() ? inDirectory(word) : word)
        .toList();
  }

  private String inDirectory(String word) {
    return FILE.matcher(word)
        .replaceFirst(
            m -> m.group(1) + Matcher.quoteReplacement(directory.resolve(m.group(2)).toString()));
  }

  private void assertShown(String command, List<String> below, Cli.Result result) {
    List<String> shown = below.stream().map(this::comparable).filter(l -> !l.isEmpty()).toList();
    if (shown.isEmpty()) {
      return;
    }
    List<String> printed =
        (result.out() + result.err())
            .lines()
            .map(this::comparable)
            .filter(l -> !l.isEmpty() && !PROGRESS.matcher(l).matches())
            .toList();
    int at = 0;
    boolean gap = false;
    for (String line : shown) {
      if (line.equals("…")) {
        gap = true;
        continue;
      }
      while (gap && at < printed.size() && !isShown(line, printed.get(at))) {
        at++;
      }
      String next = at < printed.size() ? printed.get(at) : "(nothing more)";
      assertThat(isShown(line, next))
          .as("%s%nthe page shows: %s%nit prints: %s%nin: %s", command, line, next, printed)
          .isTrue();
      at++;
      gap = false;
    }
    assertThat(gap || at == printed.size())
        .as("%s%nit prints more than the page shows: %s", command, printed)
        .isTrue();
  }

  private static boolean isShown(String line, String printed) {
    return line.endsWith("…")
        ? printed.startsWith(line.substring(0, line.length() - 1).strip())
        : printed.equals(line);
  }

  /** Without what differs from run to run and from machine to machine. */
  private String comparable(String line) {
    return line.replace(directory + "/", "")
        .replaceAll("--project \\S+ ", "")
        .replaceAll("[\\w-]+/invariants/", "invariants/")
        .replaceAll("embedded:postgres/[\\w-]+|postgresql://\\S+|sqlite:\\S+", "DATABASE")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC", "TIME")
        .replaceAll("\\d+ min \\d+ s|\\d+(\\.\\d+)? m?s\\b", "TOOK")
        .replaceAll("[\\w.-]+ on [\\w.-]+$", "SOMEBODY")
        .replaceAll("^ *version +\\S+", "version")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** A copy, so that a page can put files into it. */
  private Path project(String example) throws IOException {
    Path copy = directory.resolve(example);
    if (databases.containsKey(example)) {
      return copy;
    }
    copy(Cases.project(example), copy);
    TestDatabase database =
        example.equals(ON_SQLITE) ? TestDatabase.sqlite() : TestDatabase.postgres();
    databases.put(example, database);
    Cases.load(database, example);
    return copy;
  }

  private static void copy(Path example, Path to) throws IOException {
    Files.createDirectories(to);
    Files.copy(example.resolve("plumb.yaml"), to.resolve("plumb.yaml"));
    copyFiles(example.resolve("invariants"), to.resolve("invariants"));
    for (String migrations : List.of("migrations", "alembic/versions")) {
      if (Files.isDirectory(example.resolve(migrations))) {
        copyFiles(example.resolve(migrations), to.resolve(migrations));
      }
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @AfterEach
  void dropDatabases() {
    databases.values().forEach(TestDatabase::close);
    contacts.ifPresent(ContactsProject::close);
  }
}
