package dev.plumbline.claim;

import dev.plumbline.claim.ObjectName.Match;
import dev.plumbline.parser.Node;
import java.util.List;
import java.util.Optional;

/** New names and new schemas: claims move along, and definitions in which the old one stands. */
final class Renames {
  private final Standing standing;
  private final Names names;
  private final TableClaims tables;

  Renames(Standing standing, Names names, TableClaims tables) {
    this.standing = standing;
    this.names = names;
    this.tables = tables;
  }

  void rename(Node tree, Origin origin) {
    String from = tree.text("subname");
    String to = tree.text("newname");
    Node relation = tree.at("relation");
    if (tree.has("relation") && names.isTemporary(relation)) {
      renameTemporary(tree);
      return;
    }
    ObjectName table = names.relation(relation);
    switch (tree.text("renameType")) {
      case "OBJECT_TABLE" -> relation(Kind.TABLE, table, to, origin);
      case "OBJECT_VIEW" -> relation(Kind.VIEW, table, to, origin);
      case "OBJECT_MATVIEW" -> relation(Kind.MATERIALIZED_VIEW, table, to, origin);
      case "OBJECT_FOREIGN_TABLE" -> relation(Kind.FOREIGN_TABLE, table, to, origin);
      case "OBJECT_SEQUENCE" -> relation(Kind.SEQUENCE, table, to, origin);
      case "OBJECT_INDEX" -> index(table, to, origin);
      case "OBJECT_COLUMN" -> column(table, from, to, origin);
      case "OBJECT_TABCONSTRAINT" -> constraint(table, from, to, origin);
      case "OBJECT_TRIGGER" -> member(Subject.on(table, Kind.TRIGGER, from), to, origin);
      case "OBJECT_POLICY" -> member(Subject.on(table, Kind.POLICY, from), to, origin);
      case "OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_AGGREGATE", "OBJECT_ROUTINE" ->
          routine(tree, to, origin);
      case "OBJECT_TYPE" -> type(Kind.TYPE, tree, to, origin);
      case "OBJECT_DOMAIN" -> type(Kind.DOMAIN, tree, to, origin);
      case "OBJECT_SCHEMA" -> schema(from, to, origin);
      default -> {} // roles, attributes of composite types, rules, …: not claimed
    }
  }

  private void renameTemporary(Node tree) {
    if (tree.text("renameType").equals("OBJECT_TABLE")) {
      names.renameTemporary(tree.at("relation").text("relname"), tree.text("newname"));
    }
  }

  private void relation(Kind kind, ObjectName from, String to, Origin origin) {
    replace(Subject.of(kind, from), from.named(to), origin);
    tables.renameFamily(from, from.named(to));
  }

  /** Claims move to the new name; that it is there, and the old one gone, is claimed too. */
  private void replace(Subject from, ObjectName to, Origin origin) {
    String word = from.name().name();
    boolean known =
        standing
            .about(from)
            .any(c -> c instanceof Claim.Exists && c.subject().match(from) == Match.SURE);
    standing.rename(from, to);
    standing.blur(word);
    standing.mentioning(word).forget(c -> from.kind() == Kind.TABLE && Standing.isOfType(c, word));
    standing
        .mentioning(word)
        .change(
            c ->
                c instanceof Claim.Exists view
                    ? view.withDetail(Trees.replaceWord(view.detail(), word, to.name()))
                    : c);
    if (!known) {
      // ALTER TABLE takes a view or an index, too.
      Kind kind = from.kind() == Kind.TABLE ? Kind.RELATION : from.kind();
      standing.add(new Claim.Exists(Subject.of(kind, to), Node.Fields.NONE, origin));
    }
    if (from.name().match(to) == Match.NO) {
      standing.add(new Claim.Absent(from, origin));
    }
  }

  /** A constraint has the name of its index, and the other way round. */
  private void index(ObjectName from, String to, Origin origin) {
    standing.rename(Subject.of(Kind.INDEX, from), from.named(to));
    standing
        .about(Subject.of(Kind.INDEX, from))
        .change(c -> c instanceof Claim.ConstraintExists ? c.about(c.subject().named(to)) : c);
    standing.add(new Claim.Absent(Subject.of(Kind.INDEX, from), origin));
  }

  private void constraint(ObjectName table, String from, String to, Origin origin) {
    standing.rename(Subject.of(Kind.INDEX, table.named(from)), table.named(to));
    member(Subject.on(table, Kind.CONSTRAINT, from), to, origin);
  }

  private void member(Subject from, String to, Origin origin) {
    standing.rename(from, ObjectName.plain(to));
    standing.add(new Claim.Absent(from, origin));
  }

  private void column(ObjectName table, String from, String to, Origin origin) {
    tables.forgetInherited(table, from);
    Subject column = Subject.on(table, Kind.COLUMN, from);
    standing.rename(column, ObjectName.plain(to));
    standing.on(table).change(claim -> withColumn(claim, table, from, to));
    standing.blur(
        from,
        claim ->
            claim instanceof Claim.ConstraintExists
                && Trees.mentions(claim.detail(), table.name()));
    Subject renamed = column.named(to);
    boolean known = standing.about(renamed).any(c -> c.subject().match(renamed) == Match.SURE);
    if (!known) {
      standing.add(tables.columnThere(table, to, origin));
    }
    standing.add(new Claim.Absent(column, origin));
  }

  private static Claim withColumn(Claim claim, ObjectName table, String from, String to) {
    Match match = claim.subject().on().map(t -> t.match(table)).orElse(Match.NO);
    if (match == Match.NO || !Trees.mentions(claim.detail(), from)) {
      return claim;
    }
    Node renamed = Trees.renameColumn(claim.detail(), from, to);
    boolean whole = match == Match.SURE && !Trees.mentions(renamed, from);
    return claim.withDetail(whole ? renamed : Node.Fields.NONE);
  }

  private void routine(Node tree, String to, Origin origin) {
    Subject from = names.routine(Kind.FUNCTION, tree.at("object").at("ObjectWithArgs"));
    standing.rename(from, from.name().named(to));
    standing.blur(from.name().name());
    standing.add(new Claim.Absent(from, origin));
  }

  private void type(Kind kind, Node tree, String to, Origin origin) {
    ObjectName from = names.qualified(Trees.strings(tree.at("object").at("List").at("items")));
    standing
        .mentioning(from.name())
        .change(c -> c instanceof Claim.ColumnExists column ? ofType(column, from, to) : c);
    blurType(from.name());
    standing.rename(Subject.of(kind, from), from.named(to));
    standing.add(new Claim.Absent(Subject.of(kind, from), origin));
  }

  /** A column whose type has a new name. */
  private static Claim ofType(Claim.ColumnExists column, ObjectName type, String to) {
    return column.withType(
        column
            .type()
            .map(
                shape ->
                    shape.name().equals(type.name()) && shape.schema().equals(type.schema())
                        ? new TypeShape(shape.schema(), to, shape.array(), shape.modifiers())
                        : shape));
  }

  /** Columns and arguments of the type are not known by its name any more. */
  private void blurType(String name) {
    standing
        .mentioning(name)
        .forget(c -> c.subject().kind().isRoutine() && Standing.isOfType(c, name));
    standing
        .mentioning(name)
        .change(
            c ->
                c instanceof Claim.ColumnExists column && Standing.isOfType(c, name)
                    ? column.withType(Optional.empty())
                    : c);
    standing.blur(name);
  }

  /** An enum's label has a new name, wherever an expression prints it. */
  void renameLabel(Subject type, String from, String to) {
    standing.blur(from);
    standing
        .about(type)
        .change(
            c ->
                c instanceof Claim.EnumHas e && c.subject().match(type) != Match.NO
                    ? new Claim.EnumHas(
                        e.subject(),
                        e.labels().stream().map(l -> l.equals(from) ? to : l).toList(),
                        e.origin())
                    : c);
  }

  private void schema(String from, String to, Origin origin) {
    standing.blur(from);
    ClaimList.Some all = standing.all();
    all.forget(c -> isIn(c, from) == Match.MAYBE);
    all.change(c -> isIn(c, from) == Match.SURE ? c.about(inSchema(c.subject(), to)) : c);
    all.change(
        c ->
            c instanceof Claim.ColumnExists column
                    && column.type().flatMap(TypeShape::schema).filter(from::equals).isPresent()
                ? column.withType(Optional.empty())
                : c);
    all.forget(
        c ->
            c.subject().arguments().stream()
                .flatMap(List::stream)
                .anyMatch(t -> t.schema().filter(from::equals).isPresent()));
    Subject schema = Subject.of(Kind.SCHEMA, ObjectName.plain(from));
    standing.rename(schema, ObjectName.plain(to));
    standing.add(new Claim.Absent(schema, origin));
  }

  private static Match isIn(Claim claim, String schema) {
    Subject subject = claim.subject();
    if (subject.kind() == Kind.SCHEMA || subject.kind() == Kind.EXTENSION) {
      return Match.NO;
    }
    ObjectName name = subject.on().orElse(subject.name());
    if (name.schema().isPresent()) {
      return name.schema().get().equals(schema) ? Match.SURE : Match.NO;
    }
    boolean searched =
        name.path().isEmpty() ? schema.equals("public") : name.path().contains(schema);
    return searched || name.path().equals(ObjectName.ANYWHERE) ? Match.MAYBE : Match.NO;
  }

  private static Subject inSchema(Subject subject, String schema) {
    boolean own = subject.on().isEmpty() || subject.kind() == Kind.INDEX;
    return new Subject(
        subject.kind(),
        subject.on().map(table -> table.inSchema(schema)),
        own ? subject.name().inSchema(schema) : subject.name(),
        subject.arguments());
  }

  /** {@code SET SCHEMA}. */
  void move(Node tree, Origin origin) {
    String schema = tree.text("newschema");
    Optional<Kind> kind = Kind.of(tree.text("objectType"));
    if (kind.isEmpty() || kind.get() == Kind.EXTENSION) {
      // Where an extension's objects lie is not claimed.
      return;
    }
    Subject from = moved(kind.get(), tree);
    ObjectName to = from.name().inSchema(schema);
    if (kind.get().isRelation()) {
      replace(from, to, origin);
      tables.renameFamily(from.name(), to);
    } else {
      blurType(from.name().name());
      standing.rename(from, to);
      if (from.name().match(to) == Match.NO) {
        standing.add(new Claim.Absent(from, origin));
      }
    }
  }

  private Subject moved(Kind kind, Node tree) {
    if (kind.isRelation()) {
      return Subject.of(kind, names.relation(tree.at("relation")));
    }
    return kind.isRoutine()
        ? names.routine(kind, tree.at("object").at("ObjectWithArgs"))
        : Subject.of(
            kind, names.qualified(Trees.strings(tree.at("object").at("List").at("items"))));
  }
}
