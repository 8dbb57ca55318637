package dev.plumbline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class UnpackingTest {
  @TempDir Path cache;

  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void keeps_executables_and_links() throws IOException {
    Path home = Unpacking.unpack(cache, "v1", () -> archive("bin/postgres"));
    assertThat(home.resolve("bin/postgres")).isExecutable().hasContent("content");
    assertThat(Files.isSymbolicLink(home.resolve("bin/link"))).isTrue();
    assertThat(home.resolve("bin/link")).hasContent("content");
  }

  @Test
  void unpacks_once_however_many_ask_at_once() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Path>> askers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        askers.add(() -> Unpacking.unpack(cache, "v1", () -> archive("bin/postgres")));
      }
      for (Future<Path> answer : threads.invokeAll(askers)) {
        assertThat(answer.get().resolve("bin/postgres")).exists();
      }
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void what_an_interrupted_unpacking_left_is_not_used() throws IOException {
    Path leftover = cache.resolve("v1.part/bin/half");
    Files.createDirectories(leftover.getParent());
    Files.writeString(leftover, "half");
    Path home = Unpacking.unpack(cache, "v1", () -> archive("bin/postgres"));
    assertThat(home.resolve("bin/half")).doesNotExist();
    assertThat(home.resolve("bin/postgres")).exists();
  }

  @Test
  void a_broken_archive_leaves_nothing_that_looks_whole() {
    assertThatThrownBy(
            () -> Unpacking.unpack(cache, "v1", () -> new ByteArrayInputStream(new byte[100])))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("could not be unpacked");
    assertThat(cache.resolve("v1")).doesNotExist();
  }

  @Test
  void an_entry_outside_of_the_archive_is_refused() {
    assertThatThrownBy(() -> Unpacking.unpack(cache, "v1", () -> archive("../escaped")))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("../escaped");
    assertThat(cache.resolve("escaped")).doesNotExist();
  }

  private InputStream archive(String name) throws IOException {
    opened.incrementAndGet();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options()))) {
      byte[] content = "content".getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry file = new TarArchiveEntry(name);
      file.setSize(content.length);
      file.setMode(0100755);
      tar.putArchiveEntry(file);
      tar.write(content);
      tar.closeArchiveEntry();
      TarArchiveEntry link = new TarArchiveEntry("bin/link", TarConstants.LF_SYMLINK);
      link.setLinkName("postgres");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
