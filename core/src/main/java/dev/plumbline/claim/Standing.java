package dev.plumbline.claim;

import dev.plumbline.claim.ObjectName.Match;
import dev.plumbline.parser.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The claims that stand after the statements so far. Where a name may or may not mean the object of
 * a claim, the claim is given up: one claim less is better than a false alarm. Not thread-safe.
 */
final class Standing {
  private List<Claim> claims = new ArrayList<>();

  List<Claim> copy() {
    return List.copyOf(claims);
  }

  void restore(List<Claim> earlier) {
    claims = new ArrayList<>(earlier);
  }

  /**
   * Gives up what is not among the claims of before: it was made or touched by what may not run.
   */
  void keepOnly(List<Claim> before) {
    Set<Claim> untouched = Collections.newSetFromMap(new IdentityHashMap<>());
    untouched.addAll(claims);
    claims = new ArrayList<>(before.stream().filter(untouched::contains).toList());
  }

  /** A claim that takes the place of all earlier ones of its sort. */
  void claim(Claim claim) {
    claims.removeIf(
        c ->
            (c.getClass() == claim.getClass() || c instanceof Claim.Absent)
                && c.subject().match(claim.subject()) != Match.NO);
    claims.add(claim);
  }

  /** A claim beside others of its sort. */
  void add(Claim claim) {
    claims.removeIf(
        c -> c instanceof Claim.Absent && c.subject().match(claim.subject()) != Match.NO);
    claims.add(claim);
  }

  void forget(Predicate<Claim> which) {
    claims.removeIf(which);
  }

  void change(UnaryOperator<Claim> change) {
    claims.replaceAll(change);
  }

  /** The object is gone with all that belongs to it. */
  void drop(Subject gone, Origin origin) {
    claims.removeIf(c -> touches(c, gone) != Match.NO);
    claims.add(new Claim.Absent(gone, origin));
  }

  /** Whether a claim is about the object or about something that belongs to it. */
  static Match touches(Claim claim, Subject object) {
    Match itself = claim.subject().match(object);
    if (itself != Match.NO || !object.kind().isRelation()) {
      return itself;
    }
    return claim.subject().on().map(table -> table.match(object.name())).orElse(Match.NO);
  }

  /** Gives up the details of all claims in whose definitions the word stands. */
  void blur(String word) {
    blur(claim -> Trees.mentions(claim.detail(), word));
  }

  void blur(Predicate<Claim> which) {
    claims.replaceAll(
        claim ->
            !(claim instanceof Claim.Exists) && which.test(claim)
                ? claim.withDetail(Node.Fields.NONE)
                : claim);
  }

  /** What a {@code CASCADE} may take along: what names the object, and what is not known to not. */
  void cascade(Subject dropped) {
    String name = dropped.name().name();
    boolean types = !dropped.kind().isRelation() && !dropped.kind().isRoutine();
    forgetAllOf(
        claim ->
            Trees.mentions(claim.detail(), name)
                || isVague(claim)
                || isView(claim)
                || isOfType(claim, name)
                || (types && claim instanceof Claim.ColumnExists c && c.type().isEmpty())
                || isCommentOnPart(claim)
                || claim.subject().on().filter(this::isView).isPresent());
  }

  /** Gives up claims, and all others about the same objects. */
  void forgetAllOf(Predicate<Claim> which) {
    List<Subject> gone = claims.stream().filter(which).map(Claim::subject).distinct().toList();
    claims.removeIf(
        c -> which.test(c) || gone.stream().anyMatch(object -> touches(c, object) != Match.NO));
  }

  /** A claim whose definition is not known any more, so that it may name anything. */
  static boolean isVague(Claim claim) {
    boolean defined =
        claim instanceof Claim.IndexExists
            || claim instanceof Claim.ConstraintExists
            || claim instanceof Claim.TriggerExists
            || claim instanceof Claim.PolicyExists
            || claim instanceof Claim.FunctionExists;
    return defined && claim.detail().equals(Node.Fields.NONE);
  }

  private static boolean isCommentOnPart(Claim claim) {
    Kind kind = claim.subject().kind();
    return claim instanceof Claim.CommentIs && kind != Kind.SCHEMA && kind != Kind.TABLE;
  }

  private static boolean isView(Claim claim) {
    Kind kind = claim.subject().kind();
    return kind == Kind.VIEW || kind == Kind.MATERIALIZED_VIEW;
  }

  private boolean isView(ObjectName table) {
    return claims.stream().anyMatch(c -> isView(c) && c.subject().name().match(table) != Match.NO);
  }

  static boolean isOfType(Claim claim, String type) {
    boolean column =
        claim instanceof Claim.ColumnExists c && c.type().filter(t -> named(t, type)).isPresent();
    return column
        || claim.subject().arguments().stream().flatMap(List::stream).anyMatch(t -> named(t, type));
  }

  private static boolean named(TypeShape shape, String type) {
    return shape.name().equals(type);
  }

  /** An object has a new name or schema; what belongs to it goes along. */
  void rename(Subject from, ObjectName to) {
    Subject target = new Subject(from.kind(), from.on(), to, from.arguments());
    claims.removeIf(c -> c instanceof Claim.Absent && c.subject().match(target) != Match.NO);
    List<Claim> renamed = new ArrayList<>();
    for (Claim claim : claims) {
      Optional<Subject> subject = renamed(claim.subject(), from, to);
      boolean sure = touches(claim, from) == Match.SURE;
      boolean untouched = touches(claim, from) == Match.NO;
      if (untouched) {
        renamed.add(claim);
      } else if (sure && subject.isPresent()) {
        renamed.add(claim.about(subject.get()));
      }
    }
    claims = renamed;
  }

  private static Optional<Subject> renamed(Subject subject, Subject from, ObjectName to) {
    if (subject.match(from) == Match.SURE) {
      return Optional.of(new Subject(subject.kind(), subject.on(), to, subject.arguments()));
    }
    return subject
        .on()
        .map(
            table ->
                new Subject(
                    subject.kind(),
                    Optional.of(to),
                    subject.kind() == Kind.INDEX && to.schema().isPresent()
                        ? subject.name().inSchema(to.schema().get())
                        : subject.name(),
                    subject.arguments()));
  }
}
