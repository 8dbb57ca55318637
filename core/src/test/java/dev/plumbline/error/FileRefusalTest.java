package dev.plumbline.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileRefusalTest {

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new AccessDeniedException("/a"), "permission denied"),
        Arguments.of(new NoSuchFileException("/a"), "there is no such file or folder"),
        Arguments.of(
            new FileAlreadyExistsException("/a"), "there is something of that name already"),
        Arguments.of(new NotDirectoryException("/a"), "it is no folder"),
        Arguments.of(new DirectoryNotEmptyException("/a"), "the folder is not empty"),
        Arguments.of(
            new FileSystemException("/a", null, "No space left on device"),
            "No space left on device"),
        Arguments.of(new FileSystemException("/a"), "the operating system does not say why"),
        Arguments.of(new MalformedInputException(1), "it is not in UTF-8"),
        Arguments.of(new IOException("Is a directory"), "Is a directory"),
        Arguments.of(new IOException(), "the operating system does not say why"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void says_why_in_words_without_the_path(IOException refusal, String words) {
    assertThat(FileRefusal.of(refusal)).isEqualTo(words);
  }
}
