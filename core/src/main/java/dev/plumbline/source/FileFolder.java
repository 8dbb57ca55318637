package dev.plumbline.source;

import dev.plumbline.document.Document;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.FileRefusal;
import dev.plumbline.error.PlumblineException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of JSON files. A document's id is its path in the folder, with {@code /}; its version is
 * a digest of its bytes, looked at again right before the file is replaced.
 */
final class FileFolder implements DocumentSource {
  private static final int BATCH = 100;
  private static final String NO_NAME =
      "the file's name is no text in "
          + System.getProperty("sun.jnu.encoding")
          + ", the encoding of names here: rename it";

  private final Path folder;
  private final String said;
  private final PathMatcher matcher;
  private final String property;

  /** The ids in order, as they were when the listing began; new files come with the next one. */
  private List<String> listed = List.of();

  private Optional<String> reached = Optional.empty(); // guarded by this

  /** Files that no text names, as their bytes are escaped in a URI; of the newest listing. */
  private Set<String> unnamed = Set.of(); // guarded by this

  private boolean swept; // guarded by this

  private FileFolder(Path folder, String said, PathMatcher matcher, String property) {
    this.folder = folder;
    this.said = said;
    this.matcher = matcher;
    this.property = property;
  }

  static FileFolder open(SourceSetting.Files setting, String property) {
    try {
      Path folder = setting.folder().toRealPath();
      PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + setting.glob());
      if (Files.isDirectory(folder)) {
        return new FileFolder(folder, setting.said(), matcher, property);
      }
    } catch (IOException missing) {
      throw noFolder(setting, missing);
    } catch (IllegalArgumentException pattern) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The pattern " + setting.glob() + " is not one: " + fault(pattern) + ".",
          "Nothing was read or written.",
          "Write glob: '**.json' for all files, '*.json' for those of the folder itself.",
          pattern);
    }
    throw noFolder(setting, null);
  }

  /** Without the drawing of a pointer that belongs to it. */
  private static String fault(IllegalArgumentException pattern) {
    return pattern instanceof PatternSyntaxException syntax
        ? syntax.getDescription()
        : String.valueOf(pattern.getMessage());
  }

  private static PlumblineException noFolder(
      SourceSetting.Files setting, @Nullable IOException cause) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "There is no folder " + setting.folder() + ".",
        "Nothing was read or written.",
        "Name the folder under files: in the transform's file.",
        cause);
  }

  @Override
  public String label() {
    return "files in " + folder;
  }

  /** As the file says it, so that a project may move with its documents. */
  @Override
  public String place() {
    return "files in " + said;
  }

  @Override
  public synchronized Page page(Optional<String> after, int most) {
    if (after.isEmpty() || !after.equals(reached)) {
      listed = list(); // who goes on where the last page ended goes on with its listing
    }
    List<Document> documents = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    int next = after.map(this::behind).orElse(0);
    int end = Math.min(listed.size(), next + Math.min(most, BATCH));
    for (String id : listed.subList(next, end)) {
      look(id, documents, unreadable);
    }
    Optional<String> last =
        end < listed.size() ? Optional.of(listed.get(end - 1)) : Optional.empty();
    reached = last;
    return new Page(documents, unreadable, last);
  }

  /** Any text: files are in the order of their paths, whether there is one with this or not. */
  @Override
  public void requirePlace(String place) {}

  private int behind(String id) {
    int at = Collections.binarySearch(listed, id);
    return at < 0 ? -at - 1 : at + 1;
  }

  /** A line break, or what cannot be decoded, is a character like others, but not to a pattern. */
  private boolean matches(Path file) {
    String name = folder.relativize(file).toString();
    return matcher.matches(
        folder
            .getFileSystem()
            .getPath(name.replaceAll("[\\r\\n\\u0085\\u2028\\u2029\\uFFFD]", "_")));
  }

  private synchronized List<String> list() {
    try (Stream<Path> walked = Files.walk(folder)) {
      List<Path> files = walked.filter(this::matches).filter(this::isDocument).toList();
      unnamed =
          files.stream()
              .filter(file -> !isNamed(file))
              .map(this::escaped)
              .collect(Collectors.toSet());
      return Stream.concat(files.stream().filter(this::isNamed).map(this::id), unnamed.stream())
          .sorted()
          .toList();
    } catch (UncheckedIOException onTheWay) {
      throw unlisted(Objects.requireNonNull(onTheWay.getCause()));
    } catch (IOException failed) {
      throw unlisted(failed);
    }
  }

  private PlumblineException unlisted(IOException failed) {
    Optional<String> inner =
        failed instanceof FileSystemException named
            ? Optional.ofNullable(named.getFile())
            : Optional.empty();
    return new PlumblineException(
        ErrorCode.DENIED,
        "The folder "
            + inner.orElse(folder.toString())
            + " cannot be listed: "
            + FileRefusal.of(failed)
            + ".",
        "Nothing was written.",
        "See that the folder and those in it may be read, then run the command again.",
        failed);
  }

  /** A symbolic link is no document: it leads out of the folder, or to a document by another id. */
  private boolean isDocument(Path file) {
    try {
      return Files.isRegularFile(file)
          && !Replacement.isOne(file)
          && file.toRealPath().equals(file);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Whether its id leads back to it: names are bytes, and not all of them are text. */
  private boolean isNamed(Path file) {
    try {
      return folder.resolve(id(file)).equals(file);
    } catch (InvalidPathException notToBeEncoded) {
      return false;
    }
  }

  private String escaped(Path file) {
    return folder.toUri().relativize(file.toUri()).getRawPath();
  }

  private String id(Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private void look(String id, List<Document> documents, List<Unreadable> unreadable) {
    if (unnamed.contains(id)) {
      unreadable.add(new Unreadable(id, NO_NAME));
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(id));
      documents.add(document(id, bytes));
    } catch (NoSuchFileException gone) {
      // Deleted since it was listed: there is no such document.
    } catch (CharacterCodingException notText) {
      unreadable.add(new Unreadable(id, "the file is not in UTF-8"));
    } catch (IOException failed) {
      unreadable.add(new Unreadable(id, "the file cannot be read: " + FileRefusal.of(failed)));
    }
  }

  private Document document(String id, byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return new Document(id, new TreeMap<>(Map.of(property, text)), Optional.of(digest(bytes)));
  }

  @Override
  public List<Document> read(Collection<String> ids) {
    return named(ids).documents();
  }

  @Override
  public synchronized Page named(Collection<String> ids) {
    List<Document> documents = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    List<String> escaped = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      Optional<Path> file = file(id);
      file.ifPresent(there -> look(id(there), documents, unreadable));
      if (file.isEmpty() && id.contains("%")) {
        escaped.add(id);
      }
    }
    if (!escaped.isEmpty()) {
      escaped.retainAll(list());
      escaped.forEach(id -> look(id, documents, unreadable));
    }
    return new Page(documents, unreadable, Optional.empty());
  }

  /** The file of an id that someone typed; empty where that is outside of the folder or no file. */
  private Optional<Path> file(String id) {
    try {
      Path file = folder.resolve(id).normalize();
      boolean listed = file.startsWith(folder) && matches(file);
      return listed && isDocument(file) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Document> find(String by, String value) {
    throw new PlumblineException(
        ErrorCode.USAGE,
        "Files cannot be looked up by " + by + ".",
        "Nothing was read or written.",
        "Name the file: --id PATH, its path in " + folder + ".");
  }

  @Override
  public List<Written> write(List<Write> writes) {
    return writes.stream().map(this::write).toList();
  }

  private synchronized Written write(Write write) {
    Optional<String> text = write.properties().getOrDefault(property, Optional.empty());
    Optional<Path> file = file(write.id());
    if (file.isEmpty()) {
      return new Written(write.id(), Fate.GONE, "there is no such file");
    }
    if (text.isEmpty()) {
      return new Written(write.id(), Fate.REFUSED, "a file is not emptied or deleted");
    }
    if (!swept) {
      swept = true;
      Replacement.sweep(folder);
    }
    try {
      return replace(write, file.get(), bytes(text.get()));
    } catch (CharacterCodingException halfCharacter) {
      return new Written(write.id(), Fate.REFUSED, "UTF-8 cannot hold its text: half a character");
    } catch (NoSuchFileException gone) {
      return new Written(write.id(), Fate.GONE, "there is no such file");
    } catch (IOException failed) {
      return new Written(write.id(), Fate.REFUSED, "cannot be written: " + FileRefusal.of(failed));
    }
  }

  private static byte[] bytes(String text) throws CharacterCodingException {
    ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private Written replace(Write write, Path file, byte[] bytes) throws IOException {
    try (Replacement replacement = Replacement.beside(file, bytes)) {
      String now = digest(Files.readAllBytes(file));
      if (write.version().isPresent() && !write.version().get().equals(now)) {
        return new Written(write.id(), Fate.CHANGED, "the file has changed since it was read");
      }
      replacement.take();
      return Written.done(write.id());
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public OptionalLong count() {
    return OptionalLong.of(list().size());
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Optional<Allowance> allowance() {
    return Optional.empty();
  }

  @Override
  public boolean keepsValues() {
    return false;
  }

  @Override
  public Optional<String> kept(String text) {
    return Optional.of(text);
  }

  @Override
  public void close() {
    // Nothing is held open between two calls.
  }
}
