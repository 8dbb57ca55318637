package dev.plumbline.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Contacts of a school whose learners' progress is one JSON text each. The same seed makes the same
 * contacts. Of each hundred, 12 have no progress, 38 only in pathways without courses, 46 in a
 * pathway that has courses now, 3 were carried over already, and 1 has progress in a module that no
 * course lists any more. Safe for several threads.
 */
public final class Contacts {
  /** The property with the progress of a learner, as JSON. */
  public static final String PROGRESS = "hhl_progress_state";

  /** The property with a line about it, for people. */
  public static final String SUMMARY = "hhl_progress_summary";

  /** The property that says when it was written last. */
  public static final String UPDATED_AT = "hhl_progress_updated_at";

  private static final int BLOCK = 100;
  private static final long FIRST_IDS = 51;
  private static final long LATER_IDS = 27_400_000_000L;
  private static final int STEP = 37;
  private static final Instant LAST_SEEN = Instant.parse("2026-05-01T06:00:00Z");
  private static final Instant SIGNED_UP = Instant.parse("2025-06-01T08:00:00Z");

  /** What a contact is an example of. */
  public enum Kind {
    WITHOUT_PROGRESS(12),
    /** Only pathways without courses, unknown pathways, courses outside of pathways. */
    FLAT(38),
    /** A pathway at least that is to get courses. */
    HIERARCHICAL(46),
    /** The new shape already. */
    DONE(3),
    /** A pathway that is to get courses, with a module that none of them lists. */
    ASTRAY(1);

    private final int ofHundred;

    Kind(int ofHundred) {
      this.ofHundred = ofHundred;
    }
  }

  private final Content content;
  private final int count;
  private final long seed;

  private Contacts(Content content, int count, long seed) {
    this.content = content;
    this.count = count;
    this.seed = seed;
  }

  /**
   * @param count a multiple of 100, so that the shares come out even
   */
  public static Contacts of(Content content, int count, long seed) {
    if (count % BLOCK != 0) {
      throw new IllegalArgumentException("The number of contacts is a multiple of " + BLOCK + ".");
    }
    return new Contacts(content, count, seed);
  }

  /** Puts all of them into a CRM. */
  public void fill(Crm crm) {
    crm.define("contacts", List.of(PROGRESS, SUMMARY, UPDATED_AT));
    records().parallel().forEach(record -> crm.put("contacts", record));
  }

  /** All of them, in the order of their ids. */
  public Stream<CrmRecord> records() {
    return IntStream.range(0, count).mapToObj(this::record);
  }

  /** The ids of the contacts of a kind, in order. */
  public List<Long> ids(Kind kind) {
    return IntStream.range(0, count)
        .filter(position -> kind(position) == kind)
        .mapToObj(Contacts::id)
        .toList();
  }

  /** How many there are of each kind. */
  public Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      counts.put(kind, kind.ofHundred * count / BLOCK);
    }
    return counts;
  }

  private Kind kind(int position) {
    List<Kind> kinds = new ArrayList<>(BLOCK);
    for (Kind kind : Kind.values()) {
      kinds.addAll(java.util.Collections.nCopies(kind.ofHundred, kind));
    }
    SplittableRandom random = new SplittableRandom(Chance.mix(seed + position / BLOCK));
    for (int i = BLOCK - 1; i > 0; i--) {
      java.util.Collections.swap(kinds, i, random.nextInt(i + 1));
    }
    return kinds.get(position % BLOCK);
  }

  /** The first are short, from the early days; as texts they sort behind the later ones. */
  private static long id(int position) {
    return position < BLOCK
        ? FIRST_IDS + 50L * position
        : LATER_IDS + (long) STEP * position + Math.floorMod(Chance.mix(position), STEP);
  }

  private CrmRecord record(int position) {
    Kind kind = kind(position);
    SplittableRandom random = new SplittableRandom(Chance.mix(Chance.mix(seed) + position));
    Progress progress = new Progress(content, random);
    Map<String, String> properties = new HashMap<>();
    properties.put("email", People.email(position));
    properties.put("firstname", People.firstName(position));
    properties.put("lastname", People.lastName(position));
    long signedUp = SIGNED_UP.plusSeconds(position * 13L).toEpochMilli();
    if (kind != Kind.WITHOUT_PROGRESS) {
      ObjectNode document = document(kind, progress);
      properties.put(PROGRESS, Writing.inSomeWay(document, random));
      if (kind == Kind.DONE || progress.chance(0.5)) {
        properties.put(SUMMARY, Progress.summary(document));
        properties.put(UPDATED_AT, LAST_SEEN.plusSeconds(random.nextInt(2_000_000)).toString());
      }
    }
    return new CrmRecord(id(position), properties, signedUp, signedUp + random.nextInt(86_400_000));
  }

  private ObjectNode document(Kind kind, Progress progress) {
    return switch (kind) {
      case WITHOUT_PROGRESS -> throw new IllegalArgumentException("It has no document.");
      case FLAT -> flat(progress);
      case HIERARCHICAL -> hierarchical(progress);
      case DONE -> done(progress);
      case ASTRAY -> astray(progress);
    };
  }

  private ObjectNode flat(Progress progress) {
    ObjectNode document = Json.object();
    aside(document, progress);
    if (document.isEmpty() || progress.chance(0.8)) {
      addFlat(document, progress);
    }
    return document;
  }

  private ObjectNode hierarchical(Progress progress) {
    ObjectNode document = Json.object();
    List<String> names = new ArrayList<>(content.hierarchical().keySet());
    String first = progress.any(names);
    document.set(first, progress.pathway(content.modulesOfPathway(first)));
    String second = progress.any(names);
    if (!second.equals(first) && progress.chance(0.4)) {
      ObjectNode pathway = progress.pathway(content.modulesOfPathway(second));
      document.set(second, progress.chance(0.1) ? progress.withCourses(second, pathway) : pathway);
    }
    if (progress.chance(0.4)) {
      addFlat(document, progress);
    }
    aside(document, progress);
    return document;
  }

  private ObjectNode done(Progress progress) {
    ObjectNode document = Json.object();
    String name = progress.any(List.copyOf(content.hierarchical().keySet()));
    document.set(
        name, progress.withCourses(name, progress.pathway(content.modulesOfPathway(name))));
    aside(document, progress);
    return document;
  }

  private ObjectNode astray(Progress progress) {
    ObjectNode document = Json.object();
    String name = progress.any(List.copyOf(content.hierarchical().keySet()));
    ObjectNode pathway = progress.pathway(content.modulesOfPathway(name));
    pathway
        .withObject("/modules")
        .set(progress.any(List.of("orientation-2019", "final-exam-2018")), progress.module());
    document.set(name, pathway);
    aside(document, progress);
    return document;
  }

  private void addFlat(ObjectNode document, Progress progress) {
    String name = progress.any(List.copyOf(content.flat().keySet()));
    document.set(name, progress.pathway(content.flat().getOrDefault(name, List.of())));
  }

  /** What stands beside and is none of the transform's business. */
  private static void aside(ObjectNode document, Progress progress) {
    if (progress.chance(0.1)) {
      document.set("pilot-2019", progress.pathway(List.of("week-1", "week-2", "week-3")));
    }
    if (progress.chance(0.3)) {
      document.set("courses", progress.standaloneCourses());
    }
  }
}
