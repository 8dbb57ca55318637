package dev.plumbline.layout;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file's text as PostgreSQL's parser may read it: what its tool replaces or cuts at is turned
 * into SQL, char for char, so that places stay what they are.
 *
 * @param written what stands in the file, by the name that stands for it here
 */
public record ToolText(String sql, Map<String, String> written) {
  /** Not after a dollar: <code>$${"a": 1}$$</code> is a quoted text. */
  private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\$\\{[\\w.:-]+}");

  /** How the name begins that stands for a placeholder; it ends with an underscore. */
  private static final String MARK = "qz";

  private static final Pattern OPEN = Pattern.compile("(?<![A-Za-z0-9])" + MARK + "[a-z0-9_]*_");

  private static final Pattern GOOSE_ENVIRONMENT =
      Pattern.compile("(?im)^[ \\t]*--[ \\t]*\\+goose[ \\t]+envsub[ \\t]+on");

  /** Where goose, dbmate and Drizzle end a statement, with a semicolon or without. */
  private static final Pattern CUT =
      Pattern.compile(
          "(?im)^[ \\t]*(?<cut>--[ >])[ \\t]*"
              + "(?:\\+goose[ \\t]+(?:up|down|statementend)|migrate:(?:up|down)\\b)"
              + "|(?<breakpoint>-->) statement-breakpoint");

  /** Neither a cast, nor part of a slice such as {@code a[1:n]}, nor {@code :=}. */
  private static final Pattern VARIABLE =
      Pattern.compile("(?<![:\\w\\]\\[]):(?=['\"]\\w+['\"]|[A-Za-z_])");

  /** The text as the tool hands it on. */
  public static ToolText of(Tool tool, String text) {
    return switch (tool) {
      case FLYWAY -> placeholders(text);
      case GOOSE ->
          GOOSE_ENVIRONMENT.matcher(text).find() ? placeholders(cut(text)) : plain(cut(text));
      case DBMATE, DRIZZLE -> plain(cut(text));
      case LIQUIBASE, PLAIN -> placeholders(text);
      case PLUMBLINE, GOLANG_MIGRATE, PRISMA, SUPABASE, SQLX, DIESEL, ATLAS -> plain(text);
      case ALEMBIC, RAILS, DJANGO, KNEX, SEQUELIZE, TYPEORM, EF_CORE -> plain(text);
    };
  }

  private static ToolText plain(String text) {
    return new ToolText(text, Map.of());
  }

  private static ToolText placeholders(String text) {
    if (!text.contains("${")) {
      return plain(text);
    }
    Map<String, String> written = new HashMap<>();
    String sql =
        PLACEHOLDER
            .matcher(text)
            .replaceAll(
                match -> {
                  written.put(standIn(match), match.group());
                  return standIn(match);
                });
    return new ToolText(sql, Map.copyOf(written));
  }

  /** A name of the same length, such as hardly anybody gives. */
  private static String standIn(MatchResult placeholder) {
    return MARK
        + placeholder
            .group()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]", "_")
            .substring(MARK.length());
  }

  /** Whether a statement of {@link #sql} holds a placeholder, and so may have become anything. */
  public static boolean isOpen(String statement) {
    return OPEN.matcher(statement).find();
  }

  private static String cut(String text) {
    Matcher matcher = CUT.matcher(text);
    StringBuilder sql = new StringBuilder(text);
    while (matcher.find()) {
      int start = matcher.start(matcher.group("cut") == null ? "breakpoint" : "cut");
      sql.replace(start, start + 3, ";--");
    }
    return sql.toString();
  }

  public boolean mayHaveVariables() {
    return VARIABLE.matcher(sql).find();
  }

  /**
   * The same without the colons of psql's variables, {@code :name}, {@code :'name'} and {@code
   * :"name"}. For a text that cannot be read as it is.
   */
  public ToolText withoutColons() {
    return new ToolText(VARIABLE.matcher(sql).replaceAll(" "), written);
  }

  /** Whether the statement around an offset holds a placeholder, and so may become anything. */
  public boolean isOpen(int offset) {
    int start = sql.lastIndexOf(';', Math.max(offset - 1, 0)) + 1;
    int end = sql.indexOf(';', offset);
    String around = sql.substring(Math.min(start, offset), end < 0 ? sql.length() : end);
    return written.keySet().stream().anyMatch(around::contains);
  }

  /** A text about the file, with the names that stand in it. */
  public String restored(String text) {
    String restored = text;
    for (Map.Entry<String, String> entry : written.entrySet()) {
      restored = restored.replace(entry.getKey(), entry.getValue());
    }
    return restored;
  }
}
