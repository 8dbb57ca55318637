package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.crm.Contacts;
import dev.plumbline.crm.Content;
import dev.plumbline.crm.Crm;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.testkit.JavaMain;
import dev.plumbline.testkit.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The project of case 4 in a directory of its own, with a stand-in CRM that holds the contacts.
 *
 * @param directory the project's
 */
record ContactsProject(Path directory, Crm crm, Contacts contacts) implements AutoCloseable {
  static final String TRANSFORM = "hierarchical-progress";
  private static final String CONTACTS = "contacts";

  static ContactsProject of(Path directory, CrmSettings settings, int count) {
    Path example = Cases.project(TRANSFORM);
    for (String part : List.of("plumb.yaml", "transforms", "content")) {
      copy(example.resolve(part), directory.resolve(part));
    }
    Contacts contacts = Contacts.of(Content.read(example.resolve("content")), count, 4);
    Crm crm = Crm.start(settings);
    contacts.fill(crm);
    return new ContactsProject(directory, crm, contacts);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process, not yet started. */
  JavaMain process(String... arguments) {
    return JavaMain.of("dev.plumbline.cli.Plumb")
        .jvm("-Xmx256m")
        .arguments("--project", directory.toString())
        .arguments(arguments)
        .environment("CRM_URL", crm.uri().toString())
        .environment("CRM_TOKEN", crm.token());
  }

  /** The one JSON document that the process prints; it has to end with that exit code. */
  JsonNode json(int exit, String... arguments) {
    JavaProcess.Result result = process(arguments).arguments("--format", "json").run();
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isEqualTo(exit);
    return Cases.json(result.stdout());
  }

  /** All contacts as they are, without the time of their last change. */
  Map<Long, Map<String, String>> records() {
    Map<Long, Map<String, String>> records = new TreeMap<>();
    for (CrmRecord record : crm.records(CONTACTS)) {
      records.put(record.id(), record.properties());
    }
    return records;
  }

  /** The text of a contact's progress. */
  String progress(long id) {
    return crm.find(CONTACTS, id)
        .flatMap(record -> record.text(Contacts.PROGRESS))
        .orElseThrow(() -> new AssertionError(id + " has no progress"));
  }

  int writes(long id) {
    return crm.clientWrites(CONTACTS, id);
  }

  @Override
  public void close() {
    crm.close();
  }
}
