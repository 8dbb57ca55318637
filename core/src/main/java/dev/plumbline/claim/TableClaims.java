package dev.plumbline.claim;

import dev.plumbline.claim.Claim.ColumnExists;
import dev.plumbline.claim.ObjectName.Match;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What statements about one table claim: CREATE and ALTER TABLE, indexes, triggers, policies. */
final class TableClaims {
  private final Standing standing;
  private final Names names;
  private final List<Family> families = new ArrayList<>();

  TableClaims(Standing standing, Names names) {
    this.standing = standing;
    this.names = names;
  }

  /** A table and one that inherits from it, or is its partition. */
  private record Family(ObjectName parent, ObjectName child) {}

  // --- CREATE TABLE ---------------------------------------------------------------------------

  void create(Node tree, Kind kind, Origin origin) {
    Node relation = tree.at("relation");
    if (names.isTemporary(relation)) {
      return;
    }
    ObjectName table = names.relation(relation);
    for (Node parent : tree.at("inhRelations").items()) {
      families.add(new Family(names.relation(parent.at("RangeVar")), table));
    }
    standing.claim(new Claim.Exists(Subject.of(kind, table), Node.Fields.NONE, origin));
    for (Node element : tree.at("tableElts").items()) {
      if (element.has("ColumnDef")) {
        column(table, element.at("ColumnDef"), origin);
      } else if (element.has("Constraint")) {
        constraint(table, element.at("Constraint"), origin);
      }
    }
  }

  /** A column of which nothing is claimed but that it is there. */
  ColumnExists columnThere(ObjectName table, String column, Origin origin) {
    return new ColumnExists(
        Subject.on(table, Kind.COLUMN, column),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        origin);
  }

  private void column(ObjectName table, Node definition, Origin origin) {
    String name = definition.text("colname");
    Node typeName = definition.at("typeName");
    ColumnExists column = columnThere(table, name, origin).withType(TypeShape.of(typeName));
    boolean serial = TypeShape.isSerial(typeName);
    if (serial) {
      makesSequence();
      column = column.withNotNull(Optional.of(true));
    }
    List<Node> constraints =
        definition.at("constraints").items().stream().map(c -> c.at("Constraint")).toList();
    for (Node constraint : constraints) {
      column = withConstraint(column, constraint);
    }
    standing.claim(column);
    boolean plain = constraints.stream().noneMatch(c -> c.text("contype").contains("_ATTR_"));
    for (Node constraint : constraints) {
      tableConstraint(table, ofColumn(constraint, name), plain, origin);
    }
  }

  private ColumnExists withConstraint(ColumnExists column, Node constraint) {
    return switch (constraint.text("contype")) {
      case "CONSTR_NOTNULL", "CONSTR_PRIMARY" -> column.withNotNull(Optional.of(true));
      case "CONSTR_DEFAULT" -> column.withFill(fill(constraint.at("raw_expr")));
      case "CONSTR_GENERATED" ->
          column
              .withFill(fill(constraint.at("raw_expr")))
              .withGenerated(Optional.of(constraint.text("generated_kind")));
      case "CONSTR_IDENTITY" -> {
        makesSequence();
        yield column
            .withNotNull(Optional.of(true))
            .withGenerated(Optional.of(constraint.text("generated_when")));
      }
      default -> column;
    };
  }

  /** One that the database names; it may have any of the names that are free. */
  private void makesSequence() {
    standing.absent().forget(c -> c.subject().kind() == Kind.SEQUENCE);
  }

  /** {@code DEFAULT NULL} leaves no default behind, or one; nothing is claimed. */
  private static Optional<Node> fill(Node expression) {
    return Expressions.isNull(expression) ? Optional.empty() : Optional.of(expression);
  }

  private static Node ofColumn(Node constraint, String column) {
    String list = constraint.text("contype").equals("CONSTR_FOREIGN") ? "fk_attrs" : "keys";
    return Trees.with(constraint, list, Trees.list(List.of(column)));
  }

  // --- constraints ----------------------------------------------------------------------------

  private void constraint(ObjectName table, Node constraint, Origin origin) {
    switch (constraint.text("contype")) {
      case "CONSTR_NOTNULL" -> notNull(table, constraint, origin);
      case "CONSTR_PRIMARY" -> {
        notNull(table, constraint, origin);
        tableConstraint(table, constraint, true, origin);
      }
      default -> tableConstraint(table, constraint, true, origin);
    }
  }

  private void notNull(ObjectName table, Node constraint, Origin origin) {
    for (String column : Trees.strings(constraint.at("keys"))) {
      aspect(
          columnThere(table, column, origin).withNotNull(Optional.of(true)),
          c -> c.withNotNull(Optional.empty()));
    }
  }

  private void tableConstraint(ObjectName table, Node constraint, boolean plain, Origin origin) {
    String type = constraint.text("contype");
    boolean checked = constraint.is("initially_valid") && constraint.is("is_enforced") && plain;
    switch (type) {
      case "CONSTR_CHECK",
          "CONSTR_FOREIGN",
          "CONSTR_UNIQUE",
          "CONSTR_PRIMARY",
          "CONSTR_EXCLUSION" -> {
        Subject subject = Subject.on(table, Kind.CONSTRAINT, constraint.text("conname"));
        Node detail = plain ? constraint : Node.Fields.NONE;
        takesName(subject, table);
        standing.claim(new Claim.ConstraintExists(subject, type, detail, checked, origin));
      }
      default -> {} // what a column's definition holds beside constraints
    }
  }

  /** A constraint's index has its name; without one, any of the names that are free. */
  private void takesName(Subject constraint, ObjectName table) {
    if (constraint.isNamed()) {
      Subject index = Subject.of(Kind.INDEX, table.named(constraint.name().name()));
      standing.forgetAbsent(index);
    } else {
      standing
          .absent()
          .forget(c -> c.subject().kind() == Kind.CONSTRAINT || c.subject().kind() == Kind.INDEX);
    }
  }

  private void usingIndex(ObjectName table, Node constraint, Origin origin) {
    String index = constraint.text("indexname");
    String name = constraint.text("conname").isEmpty() ? index : constraint.text("conname");
    standing.rename(Subject.of(Kind.INDEX, table.named(index)), table.named(name));
    tableConstraint(table, Trees.with(constraint, "conname", new Node.Leaf(name)), true, origin);
    standing
        .about(Subject.on(table, Kind.CONSTRAINT, name))
        .change(
            c ->
                c instanceof Claim.ConstraintExists && c.origin().equals(origin)
                    ? c.withDetail(Node.Fields.NONE)
                    : c);
  }

  // --- ALTER TABLE ----------------------------------------------------------------------------

  void alter(Node tree, Origin origin) {
    String type = tree.text("objtype");
    if (type.equals("OBJECT_TYPE") || type.equals("OBJECT_INDEX")) {
      return; // a composite type's attributes, a partition's index: not claimed
    }
    if (names.isTemporary(tree.at("relation"))) {
      return;
    }
    ObjectName table = names.relation(tree.at("relation"));
    for (Node command : tree.at("cmds").items()) {
      alter(table, command.at("AlterTableCmd"), origin);
    }
  }

  private void alter(ObjectName table, Node command, Origin origin) {
    String name = command.text("name");
    Node definition = command.at("def");
    ColumnExists column = columnThere(table, name, origin);
    if (!name.isEmpty()) {
      forgetInherited(table, name);
    }
    switch (command.text("subtype")) {
      case "AT_AddColumn" -> column(table, definition.at("ColumnDef"), origin);
      case "AT_DropColumn" -> dropColumn(column.subject(), command, origin);
      case "AT_AlterColumnType" ->
          aspect(
              column.withType(TypeShape.of(definition.at("ColumnDef").at("typeName"))),
              c -> c.withType(Optional.empty()).withFill(Optional.empty()));
      case "AT_SetNotNull" -> nullability(column, true);
      case "AT_DropNotNull" -> nullability(column, false);
      case "AT_ColumnDefault" ->
          aspect(
              column.withFill(
                  command.has("def") ? fill(definition) : Optional.of(Node.Fields.NONE)),
              c -> c.withFill(Optional.empty()));
      case "AT_AddIdentity" -> {
        makesSequence();
        String when = definition.at("Constraint").text("generated_when");
        generated(column.withGenerated(Optional.of(when)));
      }
      case "AT_DropIdentity", "AT_SetIdentity", "AT_DropExpression", "AT_SetExpression" ->
          generated(column);
      case "AT_AddConstraint" -> addConstraint(table, definition.at("Constraint"), origin);
      case "AT_ValidateConstraint" -> {
        Subject subject = Subject.on(table, Kind.CONSTRAINT, name);
        standing.add(new Claim.ConstraintExists(subject, "", Node.Fields.NONE, true, origin));
      }
      case "AT_AlterConstraint" -> {
        String altered = definition.at("ATAlterConstraint").text("conname");
        Subject subject = Subject.on(table, Kind.CONSTRAINT, altered);
        standing.forget(subject);
        standing.on(table).forget(c -> isUnnamedOn(c, table));
      }
      case "AT_DropConstraint" -> dropConstraint(table, command, origin);
      case "AT_EnableTrig" -> firing(table, name, "O", origin);
      case "AT_EnableAlwaysTrig" -> firing(table, name, "A", origin);
      case "AT_EnableReplicaTrig" -> firing(table, name, "R", origin);
      case "AT_DisableTrig" -> firing(table, name, "D", origin);
      case "AT_EnableTrigAll", "AT_EnableTrigUser" -> allFiring(table, "O");
      case "AT_DisableTrigAll", "AT_DisableTrigUser" -> allFiring(table, "D");
      case "AT_EnableRowSecurity" ->
          rowSecurity(table, Optional.of(true), Optional.empty(), origin);
      case "AT_DisableRowSecurity" ->
          rowSecurity(table, Optional.of(false), Optional.empty(), origin);
      case "AT_ForceRowSecurity" -> rowSecurity(table, Optional.empty(), Optional.of(true), origin);
      case "AT_NoForceRowSecurity" ->
          rowSecurity(table, Optional.empty(), Optional.of(false), origin);
      case "AT_AttachPartition" ->
          families.add(new Family(table, names.relation(definition.at("PartitionCmd").at("name"))));
      case "AT_AddInherit" ->
          families.add(new Family(names.relation(definition.at("RangeVar")), table));
      default -> {} // owner, storage, statistics, …: not claimed
    }
  }

  private void nullability(ColumnExists column, boolean notNull) {
    aspect(column.withNotNull(Optional.of(notNull)), c -> c.withNotNull(Optional.empty()));
  }

  private void generated(ColumnExists column) {
    aspect(column, c -> c.withGenerated(Optional.empty()).withFill(Optional.empty()));
  }

  /** Claims one aspect of a column; what was claimed of it before is given up. */
  private void aspect(ColumnExists claim, UnaryOperator<ColumnExists> without) {
    standing
        .about(claim.subject())
        .change(
            c ->
                c instanceof ColumnExists other && c.subject().match(claim.subject()) != Match.NO
                    ? without.apply(other)
                    : c);
    standing.add(claim);
  }

  private void dropColumn(Subject column, Node command, Origin origin) {
    String name = column.name().name();
    ObjectName table = column.on().orElseThrow();
    standing.forgetAllOf(standing.on(table), c -> isOn(c, table) && goesWith(name, c));
    standing.all().forget(c -> c instanceof Claim.CommentIs && c.subject().kind() == Kind.INDEX);
    standing.drop(column, origin);
    if (command.text("behavior").equals("DROP_CASCADE")) {
      standing.cascade(column);
    }
  }

  /** Whether a claim about a part of a table may go with a column. */
  private static boolean goesWith(String column, Claim claim) {
    boolean comment = claim instanceof Claim.CommentIs && claim.subject().kind() == Kind.CONSTRAINT;
    return comment || Standing.isVague(claim) || Trees.mentions(claim.detail(), column);
  }

  private static boolean isOn(Claim claim, ObjectName table) {
    return claim.subject().on().filter(t -> t.match(table) != Match.NO).isPresent();
  }

  private static boolean isUnnamedOn(Claim claim, ObjectName table) {
    return claim instanceof Claim.ConstraintExists
        && !claim.subject().isNamed()
        && isOn(claim, table);
  }

  private void addConstraint(ObjectName table, Node constraint, Origin origin) {
    if (constraint.text("indexname").isEmpty()) {
      constraint(table, constraint, origin);
    } else {
      usingIndex(table, constraint, origin);
    }
  }

  /** What is not among the named ones is one that the database has named, or a NOT NULL. */
  private void dropConstraint(ObjectName table, Node command, Origin origin) {
    Subject subject = Subject.on(table, Kind.CONSTRAINT, command.text("name"));
    if (!standing.isClaimed(subject)) {
      standing.on(table).forget(c -> isUnnamedOn(c, table));
      standing
          .on(table)
          .change(
              c ->
                  c instanceof ColumnExists column && isOn(c, table)
                      ? column.withNotNull(Optional.empty())
                      : c);
    }
    standing.drop(subject, origin);
    if (command.text("behavior").equals("DROP_CASCADE")) {
      standing
          .all()
          .forget(c -> c instanceof Claim.ConstraintExists k && !k.type().equals("CONSTR_CHECK"));
      standing.cascade(subject);
    }
  }

  // --- triggers, policies, indexes ------------------------------------------------------------

  void trigger(Node tree, Origin origin) {
    if (names.isTemporary(tree.at("relation"))) {
      return;
    }
    Subject subject =
        Subject.on(names.relation(tree.at("relation")), Kind.TRIGGER, tree.text("trigname"));
    standing.claim(
        new Claim.TriggerExists(
            subject, Trees.without(tree, "relation"), Optional.of("O"), origin));
  }

  private void firing(ObjectName table, String trigger, String mode, Origin origin) {
    Subject subject = Subject.on(table, Kind.TRIGGER, trigger);
    standing
        .about(subject)
        .change(
            c ->
                c instanceof Claim.TriggerExists t && c.subject().match(subject) != Match.NO
                    ? t.withFiring(Optional.empty())
                    : c);
    standing.add(new Claim.TriggerExists(subject, Node.Fields.NONE, Optional.of(mode), origin));
  }

  private void allFiring(ObjectName table, String mode) {
    standing
        .on(table)
        .change(
            c ->
                c instanceof Claim.TriggerExists t && isOn(c, table)
                    ? t.withFiring(t.firing().map(before -> mode))
                    : c);
  }

  private void rowSecurity(
      ObjectName table, Optional<Boolean> enabled, Optional<Boolean> forced, Origin origin) {
    Subject subject = Subject.of(Kind.TABLE, table);
    standing
        .about(subject)
        .forget(
            c ->
                c instanceof Claim.RowSecurity r
                    && r.subject().match(subject) != Match.NO
                    && r.enabled().isPresent() == enabled.isPresent());
    standing.add(new Claim.RowSecurity(subject, enabled, forced, origin));
  }

  void policy(Node tree, Origin origin) {
    if (names.isTemporary(tree.at("table"))) {
      return;
    }
    Subject subject =
        Subject.on(names.relation(tree.at("table")), Kind.POLICY, tree.text("policy_name"));
    standing.claim(new Claim.PolicyExists(subject, Trees.without(tree, "table"), origin));
  }

  void alterPolicy(Node tree, Origin origin) {
    Subject subject =
        Subject.on(names.relation(tree.at("table")), Kind.POLICY, tree.text("policy_name"));
    standing.claim(new Claim.PolicyExists(subject, Node.Fields.NONE, origin));
  }

  void index(Node tree, Origin origin) {
    Node relation = tree.at("relation");
    if (names.isTemporary(relation)) {
      return;
    }
    Subject subject = Subject.on(names.relation(relation), Kind.INDEX, tree.text("idxname"));
    if (!subject.isNamed()) {
      standing.absent().forget(c -> c.subject().kind() == Kind.INDEX);
    }
    standing.claim(
        new Claim.IndexExists(
            subject, Trees.without(tree, "relation"), relation.is("inh"), origin));
  }

  // --- inheritance ----------------------------------------------------------------------------

  /** What happens to a column happens in the tables that inherit it, too. */
  void forgetInherited(ObjectName parent, String name) {
    forgetInherited(parent, name, families.size());
  }

  private void forgetInherited(ObjectName parent, String name, int deepest) {
    for (Family family : families) {
      if (deepest > 0 && family.parent().match(parent) != Match.NO) {
        ObjectName child = family.child();
        standing.forgetAllOf(
            standing.on(child),
            c -> isOn(c, child) && (c.subject().name().name().equals(name) || goesWith(name, c)));
        forgetInherited(child, name, deepest - 1);
      }
    }
  }

  /** Partitions go with their table. */
  void forgetPartitions(Subject table) {
    forgetPartitions(table, families.size());
  }

  private void forgetPartitions(Subject table, int deepest) {
    for (Family family : families) {
      if (deepest > 0
          && table.kind().isRelation()
          && family.parent().match(table.name()) != Match.NO) {
        Subject child = Subject.of(Kind.TABLE, family.child());
        standing.forgetWhole(child);
        forgetPartitions(child, deepest - 1);
      }
    }
  }

  void renameFamily(ObjectName from, ObjectName to) {
    families.replaceAll(
        f ->
            new Family(
                f.parent().match(from) == Match.NO ? f.parent() : to,
                f.child().match(from) == Match.NO ? f.child() : to));
  }
}
