package dev.plumbline.claim;

import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a node CreateFunctionStmt says of a function beside its name.
 *
 * @param text the body in quotes; empty for one in SQL's own form or in C
 * @param standard whether the body is in SQL's own form ({@code BEGIN ATOMIC}, {@code RETURN})
 */
record FunctionBody(String text, boolean standard, Node tree) {

  static FunctionBody of(Node tree) {
    List<String> as =
        option(tree, "as")
            .map(body -> Trees.strings(body.at("List").at("items")))
            .orElse(List.of());
    return new FunctionBody(as.size() == 1 ? as.getFirst() : "", tree.has("sql_body"), tree);
  }

  boolean hasText() {
    return option(tree, "as")
        .filter(body -> body.at("List").at("items").items().size() == 1)
        .isPresent();
  }

  String language() {
    return option(tree, "language").map(Trees::string).orElse("sql").toLowerCase(Locale.ROOT);
  }

  /** pg_proc's letter. */
  String volatility() {
    return option(tree, "volatility").map(Trees::string).orElse("volatile").substring(0, 1);
  }

  boolean isStrict() {
    return isSet("strict");
  }

  boolean isSecurityDefiner() {
    return isSet("security");
  }

  Optional<TypeShape> result() {
    return TypeShape.of(tree.at("returnType"));
  }

  private boolean isSet(String option) {
    return option(tree, option).filter(arg -> arg.at("Boolean").is("boolval")).isPresent();
  }

  private static Optional<Node> option(Node tree, String name) {
    return tree.at("options").items().stream()
        .map(option -> option.at("DefElem"))
        .filter(option -> option.text("defname").equals(name))
        .map(option -> option.at("arg"))
        .findFirst();
  }

  /** The statement as it would have been written after an AlterFunctionStmt. */
  static Node altered(Node create, Node alter) {
    if (create.equals(Node.Fields.NONE)) {
      return create;
    }
    List<Node> options = new ArrayList<>(alter.at("actions").items());
    List<String> changed = options.stream().map(o -> o.at("DefElem").text("defname")).toList();
    create.at("options").items().stream()
        .filter(option -> !changed.contains(option.at("DefElem").text("defname")))
        .forEach(options::add);
    return Trees.with(create, "options", new Node.Items(options));
  }
}
