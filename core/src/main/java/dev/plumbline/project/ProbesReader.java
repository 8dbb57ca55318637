package dev.plumbline.project;

import dev.plumbline.document.Json;
import dev.plumbline.document.Predicate;
import dev.plumbline.document.UnreadableJson;
import dev.plumbline.error.ProjectException;
import dev.plumbline.http.Call;
import dev.plumbline.http.Redaction;
import dev.plumbline.probe.Measure;
import dev.plumbline.probe.OnBreach;
import dev.plumbline.probe.ProbeRequest;
import dev.plumbline.probe.Probes;
import dev.plumbline.probe.Thresholds;
import dev.plumbline.project.YamlNode.Scalar;
import dev.plumbline.project.YamlNode.Sequence;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what is asked of a service before and after a run: a file of its own, or {@code probes} in
 * a transform's.
 */
final class ProbesReader {
  static final List<String> PROBES =
      List.of("requests", "samples", "thresholds", "on_breach", "watch");
  static final List<String> REQUEST = List.of("name", "get", "post", "headers", "body", "expect");
  static final List<String> EXPECT = List.of("status", "body", "within");
  static final List<String> THRESHOLDS = List.of("p95", "errors", "slowdown", "noise");
  static final List<String> MEASURES = Stream.of(Measure.values()).map(Measure::word).toList();
  static final List<String> CONSEQUENCES =
      Stream.of(OnBreach.values()).map(OnBreach::word).toList();
  private static final int MOST_SAMPLES = 1_000;
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,4}(?:\\.[0-9]{1,3})?)\\s*%");
  private static final BigDecimal ALL = new BigDecimal(100);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final ProjectFile file;
  private final ScalarReader scalars;
  private final Variables variables;
  private final HttpParts parts;
  private final ProgramReader programs;

  ProbesReader(ProjectFile file, ReadOptions options) {
    this.file = file;
    this.scalars = new ScalarReader(file);
    this.variables = new Variables(file, options.variables());
    this.parts = new HttpParts(file, scalars, variables);
    this.programs = new ProgramReader(file, Set.of());
  }

  /**
   * Reads a file of its own.
   *
   * @throws ProjectException with everything that is wrong in it
   */
  static Probes read(Path path, String text, ReadOptions options) {
    ProjectFile file = ProjectFile.probes(path, text);
    Optional<Probes> probes =
        YamlParser.parse(file)
            .flatMap(root -> Fields.of(file, root, "a file of probes", PROBES))
            .flatMap(new ProbesReader(file, options)::read);
    if (file.hasProblems()) {
      throw new ProjectException(file.problems());
    }
    return probes.orElseThrow();
  }

  /** Reads the block in a transform's file. */
  Optional<Probes> read(YamlNode node) {
    return Fields.of(file, node, "`probes`", PROBES).flatMap(this::read);
  }

  private Optional<Probes> read(Fields fields) {
    List<ProbeRequest> requests =
        fields
            .require("requests", "requests: [{get: \"https://campus.example.com/health\"}]")
            .map(this::requests)
            .orElse(List.of());
    int samples =
        fields
            .find("samples")
            .flatMap(node -> scalars.wholeNumber("samples", node, 1, MOST_SAMPLES))
            .map(Math::toIntExact)
            .orElse(Probes.DEFAULT_SAMPLES);
    Thresholds thresholds =
        fields.find("thresholds").map(this::thresholds).orElse(Thresholds.DEFAULT);
    Map<Measure, OnBreach> onBreach = fields.find("on_breach").map(this::onBreach).orElse(Map.of());
    Duration watch =
        fields.find("watch").flatMap(node -> scalars.duration("watch", node)).orElse(Duration.ZERO);
    return requests.isEmpty()
        ? Optional.empty()
        : Optional.of(new Probes(requests, samples, thresholds, onBreach, watch));
  }

  private List<ProbeRequest> requests(YamlNode node) {
    if (!(node instanceof Sequence list) || list.items().isEmpty()) {
      file.problem(
          node.start(),
          "`requests` is a list, but here is " + node.description(),
          file.rest(node.start()).strip(),
          "Write such as `- get: https://campus.example.com/health`.");
      return List.of();
    }
    List<ProbeRequest> requests = new ArrayList<>();
    for (YamlNode item : list.items()) {
      Fields.of(file, item, "a probe", REQUEST)
          .flatMap(this::request)
          .map(request -> named(request, requests))
          .ifPresent(requests::add);
    }
    return requests;
  }

  /** Two requests may differ in what must not be told. */
  private static ProbeRequest named(ProbeRequest request, List<ProbeRequest> others) {
    String name = request.name();
    for (int number = 2; isTaken(name, others); number++) {
      name = request.name() + " (" + number + ")";
    }
    return new ProbeRequest(
        name, request.call(), request.status(), request.body(), request.within());
  }

  private static boolean isTaken(String name, List<ProbeRequest> others) {
    return others.stream().anyMatch(other -> other.name().equals(name));
  }

  private Optional<ProbeRequest> request(Fields fields) {
    Optional<Call> call = call(fields);
    Optional<Fields> expect =
        fields.find("expect").flatMap(node -> Fields.of(file, node, "`expect`", EXPECT));
    int status =
        expect
            .flatMap(e -> e.find("status"))
            .flatMap(node -> scalars.wholeNumber("status", node, 100, 599))
            .map(Math::toIntExact)
            .orElse(200);
    Optional<Predicate> body =
        expect
            .flatMap(e -> e.find("body"))
            .flatMap(node -> programs.read("body", node))
            .map(Predicate::new);
    Optional<Duration> within = expect.flatMap(e -> e.find("within")).flatMap(this::within);
    Optional<String> name = fields.find("name").flatMap(node -> scalars.label("name", node));
    return call.map(c -> new ProbeRequest(name.orElse(c.toString()), c, status, body, within));
  }

  private Optional<Call> call(Fields fields) {
    boolean posts = fields.has("post");
    if (fields.has("get") == posts) {
      if (posts || !fields.anyUnknown()) {
        file.problem(
            posts ? fields.position("post") : fields.start(),
            posts ? "a probe is one request" : "this probe does not say what is asked for",
            "",
            "Write `get: address` or `post: address`.");
      }
      return Optional.empty();
    }
    if (!posts && fields.has("body")) {
      file.problem(
          fields.position("body"),
          "`body` has no meaning with `get`",
          "body",
          "Remove it; what the answer must be stands under `expect`.");
    }
    Map<String, String> headers = fields.find("headers").map(parts::headers).orElse(Map.of());
    Optional<String> body = posts ? fields.find("body").flatMap(this::body) : Optional.empty();
    return url(fields, posts ? "post" : "get")
        .map(url -> posts ? Call.post(url, headers, body.orElse("")) : Call.get(url, headers));
  }

  private Optional<URI> url(Fields fields, String key) {
    Optional<String> written = parts.filled(fields, key);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> url = url(written.get());
    if (url.isEmpty()) {
      String told = Redaction.of(written.get());
      file.problem(
          fields.find(key).orElseThrow().start(),
          "`" + key + "` is no address of a service: " + told,
          told,
          "Write http:// or https://, the host and the path; a user or a token belongs into"
              + " `headers`.");
    }
    return url;
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      boolean complete =
          url.getScheme() != null
              && SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null;
      return complete ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Optional<String> body(YamlNode node) {
    Optional<String> text = variables.fill(node).flatMap(filled -> scalars.text("body", filled));
    try {
      if (text.isPresent()) {
        Json.read(text.get());
      }
      return text;
    } catch (UnreadableJson e) {
      file.problem(
          node.start(),
          "`body` is not JSON",
          file.rest(node.start()).strip(),
          "Write JSON in quotes, such as `body: '{\"contact\": 17}'`.");
      return Optional.empty();
    }
  }

  /** No request is waited for longer than that, so more could never be seen to be broken. */
  private Optional<Duration> within(YamlNode node) {
    Optional<Duration> within = scalars.duration("within", node);
    if (within.filter(time -> time.compareTo(Probes.TIMEOUT) > 0).isPresent()) {
      file.problem(
          node.start(),
          "`within` is longer than a probe waits for an answer",
          file.rest(node.start()).strip(),
          "Write " + Probes.TIMEOUT.toSeconds() + "s or less.");
    }
    return within;
  }

  private Thresholds thresholds(YamlNode node) {
    Thresholds usual = Thresholds.DEFAULT;
    return Fields.of(file, node, "`thresholds`", THRESHOLDS)
        .map(
            fields ->
                new Thresholds(
                    percent(fields, "p95").orElse(usual.p95()),
                    percent(fields, "errors").orElse(usual.errors()),
                    percent(fields, "slowdown").orElse(usual.slowdown()),
                    fields
                        .find("noise")
                        .flatMap(noise -> scalars.duration("noise", noise))
                        .orElse(usual.noise())))
        .orElse(usual);
  }

  private Optional<BigDecimal> percent(Fields fields, String key) {
    return fields.find(key).flatMap(node -> percent(key, node));
  }

  private Optional<BigDecimal> percent(String key, YamlNode node) {
    String text = node instanceof Scalar scalar ? scalar.value().strip() : "";
    Matcher percent = PERCENT.matcher(text);
    boolean share = key.equals(Measure.ERRORS.word());
    Optional<BigDecimal> number =
        percent.matches() ? Optional.of(new BigDecimal(percent.group(1))) : Optional.empty();
    if (number.filter(n -> !share || n.compareTo(ALL) <= 0).isPresent()) {
      return number;
    }
    file.problem(
        node.start(),
        "`"
            + key
            + "` is a share in percent"
            + (share ? ", 100% at most" : "")
            + ", but here is "
            + (number.isPresent() ? text : node.description()),
        file.rest(node.start()).strip(),
        "Write such as `" + key + ": 10%`.");
    return Optional.empty();
  }

  /** One word for all thresholds, or a map with a word for each. */
  private Map<Measure, OnBreach> onBreach(YamlNode node) {
    Map<Measure, OnBreach> onBreach = new EnumMap<>(Measure.class);
    if (node instanceof Scalar) {
      consequence("on_breach", node)
          .ifPresent(
              word -> Stream.of(Measure.values()).forEach(measure -> onBreach.put(measure, word)));
      return onBreach;
    }
    Optional<Fields> fields = Fields.of(file, node, "`on_breach`", MEASURES);
    for (Measure measure : Measure.values()) {
      fields
          .flatMap(map -> map.find(measure.word()))
          .flatMap(value -> consequence(measure.word(), value))
          .ifPresent(word -> onBreach.put(measure, word));
    }
    return onBreach;
  }

  private Optional<OnBreach> consequence(String key, YamlNode node) {
    return scalars
        .choice(key, node, CONSEQUENCES)
        .map(word -> OnBreach.valueOf(word.toUpperCase(Locale.ROOT)));
  }
}
