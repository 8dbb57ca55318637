package dev.plumbline.layout;

import dev.plumbline.layout.Layout.Part;
import dev.plumbline.layout.Layout.Wrapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds out from a file's name, its place and its comments whose it is. Marks in the text decide
 * before names do, since several tools name their files alike.
 */
public final class Layouts {
  private static final Pattern GOOSE = mark("\\+goose\\s+(up|down|no\\s+transaction)\\b.*");
  private static final Pattern DBMATE = mark("migrate:(up|down)\\b.*");
  private static final Pattern BREAKPOINT = Pattern.compile("--> statement-breakpoint");

  /** sqlx asks for it at the very beginning. */
  private static final Pattern SQLX_ALONE = Pattern.compile("--\\s*no-transaction\\b");

  private static final Pattern SQLX_NAME = Pattern.compile("\\d{14}_.+\\.(?:up|down)\\.sql");
  private static final Pattern UP_DOWN = Pattern.compile("\\d+_.+\\.(?:up|down)\\.sql");
  private static final Pattern FLYWAY = Pattern.compile("(?:[VUB]\\d[\\d._]*|R)__.+\\.sql");
  private static final Pattern DRIZZLE = Pattern.compile("drizzle/(?:.*/)?\\d{4}_[^/]+\\.sql");
  private static final Pattern PRISMA = Pattern.compile("\\d{14}_[^/]+/migration\\.sql");
  private static final Pattern DIESEL = Pattern.compile("\\d[\\d-]*_[^/]+/(?:up|down)\\.sql");
  private static final Pattern SUPABASE = Pattern.compile("supabase/migrations/\\d+_[^/]+\\.sql");

  /** {@code 0001_users.down.sql}, Flyway's {@code U1__users.sql}, and {@code down.sql}. */
  private static final Pattern DOWN = Pattern.compile("(?:.+\\.)?down\\.sql|U\\d[\\d._]*__.+");

  private final Source source;
  private final String name;
  private final String path;

  private Layouts(Source source) {
    this.source = source;
    this.name = String.valueOf(source.path().getFileName());
    this.path = slashes(source.path());
  }

  /** The layout of a file. */
  public static Layout of(Source source) {
    if (source.own() || !source.steps().isEmpty()) {
      return new Layout(Tool.PLUMBLINE, Wrapping.WRAPPED, source.steps());
    }
    return new Layouts(source).ofTool();
  }

  /**
   * Where a file of a tool begins to run forward and to take back; empty where all of it runs
   * forward.
   */
  public static List<Part> cuts(Tool tool, String text) {
    return switch (tool) {
      case GOOSE -> new Layouts(Source.of(Path.of(""), text)).parts(GOOSE);
      case DBMATE -> new Layouts(Source.of(Path.of(""), text)).parts(DBMATE);
      case PLUMBLINE,
          FLYWAY,
          LIQUIBASE,
          ALEMBIC,
          PRISMA,
          RAILS,
          GOLANG_MIGRATE,
          DJANGO,
          KNEX,
          SEQUELIZE,
          TYPEORM,
          DRIZZLE,
          EF_CORE,
          ATLAS,
          SUPABASE,
          DIESEL,
          SQLX,
          PLAIN ->
          List.of();
    };
  }

  private Layout ofTool() {
    if (marked(GOOSE)) {
      boolean alone = marks(GOOSE).stream().anyMatch(m -> word(m).startsWith("no"));
      return new Layout(Tool.GOOSE, wrapped(!alone), parts(GOOSE));
    }
    if (marked(DBMATE)) {
      boolean alone =
          marks(DBMATE).stream()
              .anyMatch(m -> word(m).equals("up") && m.group().contains("transaction:false"));
      return new Layout(Tool.DBMATE, wrapped(!alone), parts(DBMATE));
    }
    if (marked(BREAKPOINT) || ends(DRIZZLE)) {
      return whole(Tool.DRIZZLE, Wrapping.WRAPPED);
    }
    if (SQLX_ALONE.matcher(source.text()).lookingAt()) {
      return whole(Tool.SQLX, Wrapping.NOT_WRAPPED);
    }
    if (FLYWAY.matcher(name).matches()) {
      return whole(Tool.FLYWAY, flyway());
    }
    if (ends(PRISMA)) {
      return whole(Tool.PRISMA, Wrapping.ONE_QUERY);
    }
    if (ends(DIESEL)) {
      boolean alone = set("run_in_transaction", "false");
      return whole(Tool.DIESEL, wrapped(!alone));
    }
    if (ends(SUPABASE)) {
      return whole(Tool.SUPABASE, Wrapping.WRAPPED);
    }
    if (SQLX_NAME.matcher(name).matches()) {
      return whole(Tool.SQLX, Wrapping.ONE_QUERY); // or golang-migrate's: both send it as one query
    }
    if (UP_DOWN.matcher(name).matches()) {
      return whole(Tool.GOLANG_MIGRATE, Wrapping.ONE_QUERY);
    }
    return whole(Tool.PLAIN, Wrapping.UNKNOWN);
  }

  private Layout whole(Tool tool, Wrapping wrapping) {
    boolean down = DOWN.matcher(name).matches();
    return new Layout(tool, wrapping, down ? List.of(new Part(0, Section.UNDO)) : List.of());
  }

  /** Flyway wraps a file unless it holds what cannot be wrapped, or its settings say otherwise. */
  private Wrapping flyway() {
    return wrapped(!set("executeInTransaction", "false"));
  }

  private static Wrapping wrapped(boolean wrapped) {
    return wrapped ? Wrapping.WRAPPED : Wrapping.NOT_WRAPPED;
  }

  /** Whether the settings beside the file say so, in the form of properties or of TOML. */
  private boolean set(String name, String value) {
    return Pattern.compile("(?m)^\\s*" + name + "\\s*=\\s*" + value + "\\b")
        .matcher(source.settings())
        .find();
  }

  private boolean ends(Pattern pattern) {
    return Pattern.compile("(?:.*/)?(?:" + pattern + ")").matcher(path).matches();
  }

  private boolean marked(Pattern mark) {
    return mark.matcher(source.text()).find();
  }

  private List<MatchResult> marks(Pattern mark) {
    return mark.matcher(source.text()).results().toList();
  }

  private static String word(MatchResult mark) {
    return mark.group(1).toLowerCase(java.util.Locale.ROOT);
  }

  /** A comment on a line of its own. */
  private static Pattern mark(String content) {
    return Pattern.compile("(?im)^[ \\t]*--[ \\t]*" + content + "$");
  }

  private List<Part> parts(Pattern mark) {
    List<Part> parts = new ArrayList<>();
    for (MatchResult match : marks(mark)) {
      switch (word(match)) {
        case "up" -> parts.add(new Part(match.start(), Section.SCHEMA));
        case "down" -> parts.add(new Part(match.start(), Section.UNDO));
        default -> {} // says how, not what
      }
    }
    return parts;
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
