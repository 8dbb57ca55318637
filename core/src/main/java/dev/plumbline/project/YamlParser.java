package dev.plumbline.project;

import dev.plumbline.error.Position;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.ScalarType;
import dev.plumbline.project.YamlNode.Sequence;
import dev.plumbline.project.YamlNode.Style;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads one YAML 1.2 document into nodes that know their places. Built on the parser's events, so
 * that no Java object is ever made by a tag and nothing grows by aliases: both are refused.
 */
final class YamlParser {
  private static final int MOST_CHARACTERS = 1_000_000;
  private static final int DEEPEST = 20;
  private static final ScalarResolver TYPES = new CoreSchema().getScalarResolver();

  private final ProjectFile file;
  private final Iterator<Event> events;
  private final Set<String> aliases = new HashSet<>();
  private boolean whole = true;

  private YamlParser(ProjectFile file) {
    this.file = file;
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.path().toString())
            .setCodePointLimit(MOST_CHARACTERS)
            .setSchema(new CoreSchema())
            .build();
    this.events = new Parse(settings).parseString(file.text()).iterator();
  }

  /** The file's one document; empty if it is no YAML that Plumbline takes, with problems added. */
  static Optional<YamlNode> parse(ProjectFile file) {
    try {
      return new YamlParser(file).document();
    } catch (YamlEngineException e) {
      YamlFault.report(file, e);
    }
    return Optional.empty();
  }

  private Optional<YamlNode> document() {
    next();
    Event start = next();
    if (start.getEventId() != Event.ID.DocumentStart) {
      file.problem(
          file.beginning(), "the file is empty", "", "Write the keys that it needs, or remove it.");
      return Optional.empty();
    }
    YamlNode root = node(next(), false, 0);
    next();
    Event end = next();
    if (end.getEventId() == Event.ID.DocumentStart) {
      refuse(end, "a second document begins here", "Keep one document in a file, without `---`.");
    }
    return whole ? Optional.of(root) : Optional.empty();
  }

  private Event next() {
    return events.next();
  }

  private YamlNode node(Event event, boolean inFlow, int depth) {
    refuseAnchor(event);
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, inFlow);
      case CollectionStartEvent collection -> collection(collection, inFlow, depth);
      case AliasEvent alias -> refuseAlias(alias);
      default -> throw new IllegalStateException("no node begins with " + event.getEventId());
    };
  }

  private void refuseAnchor(Event event) {
    Optional<Anchor> anchor =
        event instanceof NodeEvent node && !(event instanceof AliasEvent)
            ? node.getAnchor()
            : Optional.empty();
    anchor.ifPresent(
        name ->
            refuse(
                event,
                "`&" + name.getValue() + "` is an anchor, and anchors are not used here",
                "Remove it; text that begins with `&` is written in quotes."));
  }

  /** Reported once for each name: a file made to blow up would be answered by as many messages. */
  private Scalar refuseAlias(AliasEvent alias) {
    String name = alias.getAlias().getValue();
    if (aliases.add(name)) {
      refuse(
          alias,
          "`*" + name + "` is an alias, and aliases are not used here",
          "Write the value out; SQL that begins with `*` is written in quotes.");
    }
    return new Scalar(start(alias), start(alias), Style.PLAIN, ScalarType.NULL, "", false);
  }

  private void refuseTag(Event event, Optional<String> tag) {
    tag.ifPresent(
        name ->
            refuse(
                event,
                "`" + name + "` is a tag, and tags are not used here",
                "Remove it; text that begins with `!` is written in quotes."));
  }

  private Scalar scalar(ScalarEvent event, boolean inFlow) {
    refuseTag(event, event.getTag());
    ScalarType type =
        event.isPlain() ? type(TYPES.resolve(event.getValue(), true)) : ScalarType.TEXT;
    return new Scalar(start(event), end(event), style(event), type, event.getValue(), inFlow);
  }

  /** What plain text means by YAML's core schema. */
  static ScalarType type(String plain) {
    return type(TYPES.resolve(plain, true));
  }

  private static ScalarType type(Tag tag) {
    if (tag.equals(Tag.NULL)) {
      return ScalarType.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return ScalarType.BOOL;
    }
    if (tag.equals(Tag.INT)) {
      return ScalarType.INTEGER;
    }
    return tag.equals(Tag.FLOAT) ? ScalarType.DECIMAL : ScalarType.TEXT;
  }

  private static Style style(ScalarEvent event) {
    return switch (event.getScalarStyle()) {
      case PLAIN -> Style.PLAIN;
      case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Style.DOUBLE_QUOTED;
      case LITERAL -> Style.LITERAL;
      case FOLDED -> Style.FOLDED;
    };
  }

  private YamlNode collection(CollectionStartEvent event, boolean inFlow, int depth) {
    refuseTag(event, event.getTag());
    if (depth == DEEPEST) {
      throw new ParserException(
          "it is nested more than " + DEEPEST + " deep", event.getStartMark());
    }
    boolean flow = inFlow || event.isFlow();
    return event instanceof MappingStartEvent
        ? mapping(event, flow, depth + 1)
        : sequence(event, flow, depth + 1);
  }

  private Sequence sequence(Event start, boolean flow, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      items.add(node(event, flow, depth));
    }
    return new Sequence(start(start), flow, items);
  }

  private Mapping mapping(Event start, boolean flow, int depth) {
    List<KeyValue> entries = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      YamlNode key = node(event, flow, depth);
      YamlNode value = node(next(), flow, depth);
      if (key instanceof Scalar name && !name.isAbsent()) {
        entries.add(new KeyValue(name, value));
      } else {
        refuse(event, "a key is one word", "Write `key: value`.");
      }
    }
    if (flow && FlowComma.report(file, entries)) {
      whole = false;
    }
    return new Mapping(start(start), flow, entries);
  }

  private void refuse(Event event, String what, String suggestion) {
    whole = false;
    Position at = start(event);
    file.problem(at, what, file.rest(at).strip(), suggestion);
  }

  private Position start(Event event) {
    return position(event.getStartMark());
  }

  private Position end(Event event) {
    return position(event.getEndMark());
  }

  private Position position(Optional<Mark> mark) {
    return mark.map(file::position).orElseGet(file::beginning);
  }
}
