package dev.plumbline.project;

import dev.plumbline.dialect.Fragment;
import dev.plumbline.http.Credential;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.project.YamlNode.KeyValue;
import dev.plumbline.project.YamlNode.Mapping;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.source.SourceSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code source}: where documents live. Variables are filled in; what they hold is not told.
 */
final class SourceReader {
  static final List<String> HUBSPOT =
      List.of("hubspot", "url", "token", "token_file", "where", "limits");
  static final List<String> HTTP =
      List.of(
          "http",
          "token",
          "token_file",
          "headers",
          "list",
          "id",
          "version",
          "properties",
          "values",
          "read",
          "find",
          "write",
          "limits");
  static final List<String> COLUMN = List.of("column", "key", "where");
  static final List<String> FILES = List.of("files", "glob");
  private static final List<List<String>> KINDS = List.of(HUBSPOT, HTTP, COLUMN, FILES);
  private static final String URL = "https://crm.example.com";

  private final ProjectFile file;
  private final Path directory;
  private final ScalarReader scalars;
  private final Variables variables;
  private final HttpParts parts;

  SourceReader(ProjectFile file, ReadOptions options, Path directory) {
    this.file = file;
    this.directory = directory;
    this.scalars = new ScalarReader(file);
    this.variables = new Variables(file, options.variables());
    this.parts = new HttpParts(file, scalars, variables);
  }

  Optional<SourceSetting> read(YamlNode node) {
    Set<String> any = new LinkedHashSet<>();
    KINDS.forEach(any::addAll);
    return Fields.of(file, node, "`source`", any, listed(node)).flatMap(this::read);
  }

  private static List<String> words() {
    return KINDS.stream().map(List::getFirst).toList();
  }

  /** The keys of the one kind that is named; the kinds' words where none is, or several. */
  private static List<String> listed(YamlNode node) {
    List<List<String>> kinds =
        node instanceof Mapping map
            ? map.entries().stream()
                .flatMap(entry -> KINDS.stream().filter(k -> k.getFirst().equals(name(entry))))
                .toList()
            : List.of();
    return kinds.size() == 1 ? kinds.getFirst() : words();
  }

  private static String name(KeyValue entry) {
    return entry.key().value();
  }

  private Optional<SourceSetting> read(Fields fields) {
    List<String> named = words().stream().filter(fields::has).toList();
    if (named.size() != 1) {
      boolean none = named.isEmpty();
      if (!none || !fields.anyUnknown()) {
        file.problem(
            none ? fields.start() : fields.position(named.get(1)),
            none
                ? "nothing here says where the documents live"
                : "`source` says both `" + named.get(0) + "` and `" + named.get(1) + "`",
            "",
            none ? "Add one of " + String.join(", ", words()) + "." : "Keep one of them.");
      }
      return Optional.empty();
    }
    KINDS.stream()
        .filter(kind -> kind.getFirst().equals(named.getFirst()))
        .forEach(kind -> refuseOthers(fields, kind));
    return switch (named.getFirst()) {
      case "hubspot" -> hubspot(fields);
      case "http" -> http(fields);
      case "column" -> column(fields);
      case "files" -> files(fields);
      default -> throw new IllegalStateException(named.getFirst());
    };
  }

  private void refuseOthers(Fields fields, List<String> kind) {
    Set<String> any = new LinkedHashSet<>();
    KINDS.forEach(any::addAll);
    for (String key : any) {
      if (fields.has(key) && !kind.contains(key)) {
        file.problem(
            fields.position(key),
            "`" + key + "` has no meaning with `" + kind.getFirst() + "`",
            key,
            "Remove it; the keys are " + String.join(", ", kind) + ".");
      }
    }
  }

  private Optional<SourceSetting> hubspot(Fields fields) {
    Optional<String> object = parts.filled(fields, "hubspot");
    Optional<URI> url = fields.require("url", "url: " + URL).flatMap(node -> address("url", node));
    Optional<Credential> credential = credential(fields);
    if (!fields.has("token") && !fields.has("token_file")) {
      file.problem(
          fields.start(), "`token` is missing", "", "Add it, such as `token: ${CRM_TOKEN}`.");
    }
    Map<String, Optional<String>> where =
        fields.find("where").map(this::conditions).orElse(Map.of());
    HttpLimits limits = parts.limits(fields);
    return object.flatMap(
        type ->
            url.flatMap(
                to ->
                    credential.map(
                        key -> new SourceSetting.Hubspot(to, type, key, where, limits))));
  }

  private Optional<SourceSetting> http(Fields fields) {
    Optional<URI> url = fields.find("http").flatMap(node -> address("http", node));
    Optional<Credential> credential = credential(fields);
    Map<String, String> headers = fields.find("headers").map(parts::headers).orElse(Map.of());
    Optional<SourceSetting.Listing> list =
        fields
            .require("list", "list: {url: /records, next: .next, after: cursor}")
            .flatMap(parts::listing);
    Optional<SourceSetting.Reading> read =
        fields
            .require("read", "read: {url: \"/records/{id}\"}")
            .flatMap(node -> parts.reading("read", node));
    Optional<SourceSetting.Writing> write =
        fields.require("write", "write: {url: \"/records/{id}\"}").flatMap(parts::writing);
    String id = parts.program(fields, "id", ".id");
    Optional<String> version =
        fields.find("version").map(n -> parts.program(fields, "version", ""));
    String properties = parts.program(fields, "properties", ".");
    boolean values =
        fields.find("values").flatMap(node -> scalars.bool("values", node)).orElse(false);
    Map<String, SourceSetting.Reading> find =
        fields.find("find").map(parts::finding).orElse(Map.of());
    HttpLimits limits = parts.limits(fields);
    if (url.isEmpty() || list.isEmpty() || read.isEmpty() || write.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceSetting.Http(
            url.get(),
            credential,
            headers,
            list.get(),
            id,
            version,
            properties,
            values,
            read.get(),
            find,
            write.get(),
            limits));
  }

  private Optional<SourceSetting> column(Fields fields) {
    Optional<String> table = parts.filled(fields, "column");
    Optional<Fragment> where =
        fields
            .find("where")
            .flatMap(variables::fill)
            .flatMap(node -> new FragmentReader(file).read("where", node));
    Optional<List<String>> key =
        fields
            .find("key")
            .flatMap(node -> new NameReader(file).names("key", node))
            .map(
                names -> {
                  List<String> columns = new ArrayList<>();
                  names.forEach(name -> columns.add(name.text()));
                  return columns;
                });
    return table.map(name -> new SourceSetting.Column(name, key, where));
  }

  private Optional<SourceSetting> files(Fields fields) {
    String glob = parts.filled(fields, "glob").orElse("**.json");
    return parts
        .filled(fields, "files")
        .map(
            folder ->
                new SourceSetting.Files(
                    directory.resolve(folder).normalize(),
                    Path.of(folder).normalize().toString(),
                    glob));
  }

  /** Where requests go. The address is not told: its variables may hold secrets. */
  private Optional<URI> address(String key, YamlNode node) {
    Optional<String> text = variables.fill(node).flatMap(n -> scalars.text(key, n));
    Optional<URI> url = text.flatMap(SourceReader::uri);
    if (text.isPresent() && url.isEmpty()) {
      file.problem(
          node.start(),
          "`" + key + "` is no address of an HTTP service",
          file.rest(node.start()).strip(),
          "Write such as `" + key + ": " + URL + "`.");
    }
    return url;
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text.replaceFirst("/$", ""));
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<Credential> credential(Fields fields) {
    if (fields.has("token") && fields.has("token_file")) {
      file.problem(
          fields.position("token_file"),
          "`source` says both `token` and `token_file`",
          "token_file",
          "Keep one of them.");
    }
    if (fields.has("token")) {
      return parts.filled(fields, "token").map(Credential.Token::new);
    }
    return parts
        .filled(fields, "token_file")
        .map(path -> new Credential.TokenFile(directory.resolve(path).normalize()));
  }

  private Map<String, Optional<String>> conditions(YamlNode node) {
    Map<String, Optional<String>> where = new HashMap<>();
    if (!(node instanceof Mapping map) || map.entries().isEmpty()) {
      file.problem(
          node.start(),
          "`where` is a map from property to text, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `where: {progress: present}`.");
      return where;
    }
    for (KeyValue entry : Fields.byName(file, map).values()) {
      variables
          .fill(entry.value())
          .flatMap(value -> scalars.label(name(entry), value))
          .ifPresent(
              text ->
                  where.put(name(entry), isPresent(entry) ? Optional.empty() : Optional.of(text)));
    }
    return where;
  }

  /** The bare word; the text "present" is written in quotes. */
  private static boolean isPresent(KeyValue entry) {
    return entry.value() instanceof Scalar scalar
        && scalar.style() == YamlNode.Style.PLAIN
        && scalar.value().equals("present");
  }
}
