package dev.plumbline.proposal;

import dev.plumbline.dialect.Dialect;
import dev.plumbline.schema.Table;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names as they are written in an invariant's file and in its SQL: in quotes only where needed. */
final class Yaml {
  /** Words that a database takes for its own; a name that reads like one is put in quotes. */
  private static final Set<String> RESERVED =
      Set.of(
          ("all analyse analyze and any array as asc between both by case cast check collate column"
                  + " constraint create cross current default deferrable desc distinct do drop else"
                  + " end escape except exists false fetch for foreign freeze from full grant group"
                  + " having ilike in index initially inner insert intersect into is isnull join"
                  + " lateral leading left like limit natural not notnull null offset on only or"
                  + " order outer over overlaps placing primary references returning right select"
                  + " session_user set similar some symmetric table tablesample then to trailing"
                  + " transaction true union unique update user using values variadic verbose when"
                  + " where window with")
              .split(" "));

  private Yaml() {}

  /** Text behind a key. */
  static String text(String text) {
    return text.matches("[A-Za-z][\\w ,.-]*") && !text.contains(": ")
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  /** A name in a map or list between braces. */
  static String name(String name) {
    boolean plain =
        name.matches("[A-Za-z_]\\w*")
            && !name.toLowerCase(Locale.ROOT).matches("true|false|null|yes|no|on|off|y|n");
    return plain ? name : "'" + name.replace("'", "''") + "'";
  }

  static String names(Collection<String> names) {
    return names.size() == 1
        ? name(names.iterator().next())
        : names.stream().map(Yaml::name).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A column in SQL. */
  static String sql(Dialect dialect, String name) {
    return name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name)
        ? name
        : dialect.quote(name);
  }

  /** A table in SQL, without its schema where that is the usual one. */
  static String sql(Dialect dialect, Table table) {
    String name = sql(dialect, table.name());
    return table.label().equals(table.name()) ? name : sql(dialect, table.schema()) + "." + name;
  }
}
