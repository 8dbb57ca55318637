package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
  /** Does what its first argument says. */
  static final class Child {
    public static void main(String[] arguments) throws Exception {
      switch (arguments[0]) {
        case "report" -> {
          System.out.println(arguments[1] + " " + System.getenv("GREETING"));
          System.out.println(Path.of("").toRealPath());
          System.err.println(new String(System.in.readAllBytes()) + System.getenv("JAVA_HOME"));
          System.exit(3);
        }
        case "hang" -> {
          System.out.println("hanging");
          Thread.currentThread().join();
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  @Test
  void reports_all_that_came_out(@TempDir Path directory) throws Exception {
    JavaProcess.Result result =
        JavaMain.of(Child.class)
            .arguments("report", "ä b")
            .environment("GREETING", "hello")
            .in(directory)
            .input("in ")
            .jvm("-Xmx32m")
            .run();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("ä b hello\n" + directory.toRealPath() + "\n");
    assertThat(result.stderr()).isEqualTo("in null\n");
  }

  @Test
  void can_be_killed_once_it_has_come_so_far() {
    try (JavaProcess process = JavaMain.of(Child.class).arguments("hang").start()) {
      process.waitForOutput(text -> text.contains("hanging"));
      assertThat(process.isAlive()).isTrue();
      assertThat(process.kill9().exitCode()).isEqualTo(128 + 9);
    }
  }

  @Test
  void can_be_terminated() {
    try (JavaProcess process = JavaMain.of(Child.class).arguments("hang").start()) {
      process.waitForOutput(text -> text.contains("hanging"));
      process.terminate();
      assertThat(process.await().exitCode()).isEqualTo(128 + 15);
    }
  }

  @Test
  void waiting_for_what_never_comes_ends_with_the_process() {
    try (JavaProcess process = JavaMain.of(Child.class).arguments("nonsense").start()) {
      assertThatThrownBy(() -> process.waitForOutput(text -> text.contains("never")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("IllegalArgumentException: nonsense");
    }
  }

  @Test
  void waiting_is_bounded_and_leaves_nothing_behind() {
    try (JavaProcess process = JavaMain.of(Child.class).arguments("hang").start()) {
      assertThatThrownBy(() -> process.await(Duration.ofMillis(1)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("did not end");
      Until.holds("it is dead", () -> !process.isAlive());
    }
  }
}
