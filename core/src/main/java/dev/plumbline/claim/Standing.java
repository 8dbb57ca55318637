package dev.plumbline.claim;

import dev.plumbline.claim.ObjectName.Match;
import dev.plumbline.parser.Node;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The claims that stand after the statements so far. Where a name may or may not mean the object of
 * a claim, the claim is given up: one claim less is better than a false alarm. Not thread-safe.
 */
final class Standing {
  private final ClaimList claims = new ClaimList();

  List<Claim> copy() {
    return claims.inOrder();
  }

  // --- which claims ---------------------------------------------------------------------------

  ClaimList.Some all() {
    return claims.all();
  }

  ClaimList.Some absent() {
    return claims.absent();
  }

  /** Among which all claims are that may be about the object. */
  ClaimList.Some about(Subject object) {
    return claims.about(object);
  }

  /** About objects to which the database gives a name. */
  ClaimList.Some unnamed() {
    return claims.named("");
  }

  /** Among which all claims are that may be about what belongs to the table. */
  ClaimList.Some on(ObjectName table) {
    return claims.on(table.name());
  }

  /** Those in whose definitions or types the word stands. */
  ClaimList.Some mentioning(String word) {
    return claims.mentioning(word);
  }

  boolean isClaimed(Subject object) {
    return about(object).any(c -> c.subject().match(object) != Match.NO);
  }

  // --- back to earlier ------------------------------------------------------------------------

  ClaimList.Moment now() {
    return claims.now();
  }

  void restore(ClaimList.Moment earlier) {
    claims.restore(earlier);
  }

  /**
   * Gives up what is not as it was before: it was made or touched by what may not run, or was taken
   * back.
   */
  void keepOnly(ClaimList.Moment before) {
    claims.keepOnly(before);
  }

  // --- claiming, forgetting -------------------------------------------------------------------

  /** A claim that takes the place of all earlier ones of its sort. */
  void claim(Claim claim) {
    about(claim.subject())
        .forget(
            c ->
                (c.getClass() == claim.getClass() || c instanceof Claim.Absent)
                    && c.subject().match(claim.subject()) != Match.NO);
    claims.add(claim);
  }

  /** A claim beside others of its sort. */
  void add(Claim claim) {
    forgetAbsent(claim.subject());
    claims.add(claim);
  }

  /** Gives up that there is no such object. */
  void forgetAbsent(Subject subject) {
    about(subject).forget(c -> c instanceof Claim.Absent && c.subject().match(subject) != Match.NO);
  }

  /** Gives up all claims about an object. */
  void forget(Subject object) {
    about(object).forget(c -> c.subject().match(object) != Match.NO);
  }

  /** The object is gone with all that belongs to it. */
  void drop(Subject gone, Origin origin) {
    forgetWhole(gone);
    claims.add(new Claim.Absent(gone, origin));
  }

  /** Gives up all claims about an object and what belongs to it. */
  void forgetWhole(Subject object) {
    forgetWhole(object, claim -> true);
  }

  /** The same of those among them. */
  void forgetWhole(Subject object, Predicate<Claim> which) {
    whole(object).forget(c -> which.test(c) && touches(c, object) != Match.NO);
  }

  private ClaimList.Some whole(Subject object) {
    return claims.namedOrOn(object.name().name());
  }

  /** Whether a claim is about the object or about something that belongs to it. */
  private static Match touches(Claim claim, Subject object) {
    Match itself = claim.subject().match(object);
    if (itself != Match.NO || !object.kind().isRelation()) {
      return itself;
    }
    return claim.subject().on().map(table -> table.match(object.name())).orElse(Match.NO);
  }

  /** Gives up the details of all claims in whose definitions the word stands. */
  void blur(String word) {
    blur(word, claim -> true);
  }

  /** The same of those among them. */
  void blur(String word, Predicate<Claim> which) {
    mentioning(word)
        .change(
            claim ->
                !(claim instanceof Claim.Exists)
                        && which.test(claim)
                        && Trees.mentions(claim.detail(), word)
                    ? claim.withDetail(Node.Fields.NONE)
                    : claim);
  }

  /** What a {@code CASCADE} may take along: what names the object, and what is not known to not. */
  void cascade(Subject dropped) {
    String name = dropped.name().name();
    boolean types = !dropped.kind().isRelation() && !dropped.kind().isRoutine();
    Set<Claim> naming = identities(mentioning(name).where(c -> Trees.mentions(c.detail(), name)));
    forgetAllOf(
        claims.all(),
        claim ->
            naming.contains(claim)
                || isVague(claim)
                || isView(claim)
                || isOfType(claim, name)
                || (types && claim instanceof Claim.ColumnExists c && c.type().isEmpty())
                || isCommentOnPart(claim)
                || claim.subject().on().filter(this::isView).isPresent());
  }

  /** Gives up some claims, and all others about the same objects. */
  void forgetAllOf(ClaimList.Some among, Predicate<Claim> which) {
    Set<Claim> found = identities(among.where(which));
    among.forget(found::contains);
    found.stream().map(Claim::subject).distinct().forEach(this::forgetWhole);
  }

  private static Set<Claim> identities(List<Claim> claims) {
    Set<Claim> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(claims);
    return identities;
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
    return claims
        .named(table.name())
        .any(c -> isView(c) && c.subject().name().match(table) != Match.NO);
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

  // --- renames --------------------------------------------------------------------------------

  /** An object has a new name or schema; what belongs to it goes along. */
  void rename(Subject from, ObjectName to) {
    forgetAbsent(new Subject(from.kind(), from.on(), to, from.arguments()));
    ClaimList.Some touched = whole(from);
    touched.forget(claim -> touches(claim, from) == Match.MAYBE);
    touched.change(
        claim ->
            touches(claim, from) == Match.SURE
                ? claim.about(renamed(claim.subject(), from, to))
                : claim);
  }

  private static Subject renamed(Subject subject, Subject from, ObjectName to) {
    if (subject.match(from) == Match.SURE) {
      return new Subject(subject.kind(), subject.on(), to, subject.arguments());
    }
    boolean index = subject.kind() == Kind.INDEX && to.schema().isPresent();
    return new Subject(
        subject.kind(),
        Optional.of(to),
        index ? subject.name().inSchema(to.schema().orElseThrow()) : subject.name(),
        subject.arguments());
  }
}
