package dev.plumbline.cli.tools;

import dev.plumbline.testkit.TestDatabase;
import java.util.stream.Stream;

/** A project of a tool that npm brings. */
record NodeTool(ToolProject project, String program) {

  /**
   * @param program the tool's file in {@code node_modules}, or one of the project's own
   */
  static NodeTool of(String tool, String program, TestDatabase database) {
    return new NodeTool(ToolProject.of(tool, Installation.NPM.folder(), database), program);
  }

  /** Runs the tool by Node.js; it has to end with that exit code. */
  void run(int exit, String... arguments) {
    project.run(
        exit,
        Stream.concat(Stream.of("node", program), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Where npm put a program, seen from the project's folder. */
  static String installed(String name) {
    return "../../node_modules/.bin/" + name;
  }
}
