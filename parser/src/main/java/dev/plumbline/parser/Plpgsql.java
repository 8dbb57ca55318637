package dev.plumbline.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PL/pgSQL body, read or refused. */
public sealed interface Plpgsql {

  /**
   * A body that PL/pgSQL accepts.
   *
   * @param tree the node {@code PLpgSQL_function}
   */
  record Body(Node tree) implements Plpgsql {

    /** All SQL in it, in the order of the text. */
    public List<EmbeddedSql> embedded() {
      List<EmbeddedSql> found = new ArrayList<>();
      collect(tree, "", 1, found);
      return List.copyOf(found);
    }

    private static void collect(Node node, String in, int line, List<EmbeddedSql> found) {
      switch (node) {
        case Node.Items items -> items.items().forEach(item -> collect(item, in, line, found));
        case Node.Fields fields -> {
          int here = fields.at("lineno").number().orElse(line);
          for (Map.Entry<String, Node> field : fields.fields().entrySet()) {
            if (field.getKey().equals("PLpgSQL_expr")) {
              Node sql = field.getValue();
              EmbeddedSql.Form form = EmbeddedSql.Form.of(sql.text("parseMode"));
              found.add(new EmbeddedSql(sql.text("query"), form, here, in));
            } else {
              boolean named = field.getKey().startsWith("PLpgSQL_");
              collect(field.getValue(), named ? field.getKey() : in, here, found);
            }
          }
        }
        case Node.Leaf leaf -> {}
        case Node.Place place -> {}
      }
    }
  }

  /**
   * A body that PL/pgSQL refuses. Where in the body it does not say: the place is the statement's
   * start, in its own text.
   */
  record Broken(SyntaxError error) implements Plpgsql {}
}
