package dev.plumbline.tracker;

import dev.plumbline.layout.Tool;
import dev.plumbline.layout.ToolText;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The changesets of a changelog of Liquibase's. Those in formatted SQL are told with their SQL;
 * those in XML, YAML and JSON only by name, since they are not written in SQL.
 */
final class LiquibaseFile {
  private static final Pattern FORMATTED =
      Pattern.compile("(?i)\\A\\ufeff?\\s*--\\s*liquibase\\s+formatted\\s+sql(?<rest>[^\\n]*)");
  private static final Pattern CHANGESET =
      Pattern.compile(
          "(?im)^[ \\t]*--[ \\t]*changeset[ \\t]+(?<author>\"[^\"]+\"|[^:\\n]+):[ \\t]*"
              + "(?<id>\"[^\"]+\"|\\S+)(?<rest>[^\\n]*)$");
  private static final Pattern LOGICAL =
      Pattern.compile("(?i)\\blogicalFilePath:(\"[^\"]+\"|\\S+)");
  private static final Pattern AGAIN = Pattern.compile("(?i)\\b(?:runOnChange|runAlways):true\\b");

  private final Path path;
  private final String name;
  private final String text;
  private final List<ToolFile> found = new ArrayList<>();

  private LiquibaseFile(Path folder, Path path) {
    this.path = path;
    this.name = folder.relativize(path).toString().replace('\\', '/');
    this.text = TrackerFiles.text(path);
  }

  /** Whether a file may be a changelog, by its name. */
  static boolean isOne(String name) {
    return name.matches("(?i).+\\.(?:sql|xml|ya?ml|json)");
  }

  static List<ToolFile> changesets(Path folder, Path path) {
    return new LiquibaseFile(folder, path).read();
  }

  private List<ToolFile> read() {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    switch (ending) {
      case "sql" -> formatted();
      case "xml" -> xml();
      default -> yaml();
    }
    return found;
  }

  // --- formatted SQL --------------------------------------------------------------------------

  private void formatted() {
    Matcher header = FORMATTED.matcher(text);
    if (!header.find()) {
      return;
    }
    String file = logical(header.group("rest")).orElse(name);
    String sql = ToolText.of(Tool.LIQUIBASE, text).sql();
    Matcher changeset = CHANGESET.matcher(text);
    List<int[]> parts = new ArrayList<>();
    List<ToolFile> named = new ArrayList<>();
    while (changeset.find()) {
      parts.add(new int[] {changeset.start(), changeset.end()});
      named.add(changeset(changeset, file));
    }
    for (int i = 0; i < named.size(); i++) {
      int end = i + 1 < parts.size() ? parts.get(i + 1)[0] : text.length();
      StringBuilder own = new StringBuilder(sql);
      TrackerFiles.blank(own, 0, parts.get(i)[1]);
      TrackerFiles.blank(own, end, text.length());
      found.add(named.get(i).running(own.toString()));
    }
  }

  private ToolFile changeset(Matcher changeset, String file) {
    String rest = changeset.group("rest");
    ToolFile named =
        ToolFile.of(
                LiquibaseTracker.revision(
                    logical(rest).orElse(file),
                    unquoted(changeset.group("id")),
                    unquoted(changeset.group("author"))),
                "sql",
                path)
            .fromLine((int) text.substring(0, changeset.start()).lines().count() + 1);
    return AGAIN.matcher(rest).find() ? named.again() : named;
  }

  private static Optional<String> logical(String attributes) {
    Matcher matcher = LOGICAL.matcher(attributes);
    return matcher.find() ? Optional.of(unquoted(matcher.group(1))) : Optional.empty();
  }

  private static String unquoted(String word) {
    return word.strip().replaceAll("^\"|\"$", "");
  }

  // --- the other forms ------------------------------------------------------------------------

  /** A file that is no XML, or another's, has no changesets. */
  private void xml() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      String file = name;
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          String logical = xml.getAttributeValue(null, "logicalFilePath");
          if (xml.getLocalName().equals("databaseChangeLog") && logical != null) {
            file = logical;
          }
          if (xml.getLocalName().equals("changeSet")) {
            int line = xml.getLocation().getLineNumber();
            String own = logical == null ? file : logical;
            add(
                own,
                xml.getAttributeValue(null, "id"),
                xml.getAttributeValue(null, "author"),
                line);
          }
        }
      }
    } catch (XMLStreamException broken) {
      found.clear();
    }
  }

  private void yaml() {
    if (!text.contains("databaseChangeLog")) {
      return;
    }
    try {
      Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
      if (document instanceof Map<?, ?> map
          && map.get("databaseChangeLog") instanceof List<?> all) {
        all.forEach(this::entry);
      }
    } catch (YamlEngineException broken) {
      found.clear();
    }
  }

  private void entry(Object entry) {
    if (entry instanceof Map<?, ?> map && map.get("changeSet") instanceof Map<?, ?> one) {
      String file =
          String.valueOf(Optional.<Object>ofNullable(one.get("logicalFilePath")).orElse(name));
      add(file, String.valueOf(one.get("id")), String.valueOf(one.get("author")), 1);
    }
  }

  private void add(String file, String id, String author, int line) {
    found.add(ToolFile.of(LiquibaseTracker.revision(file, id, author), "", path).fromLine(line));
  }
}
