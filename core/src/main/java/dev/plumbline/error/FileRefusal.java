package dev.plumbline.error;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing could be done with a file, in words. What Java says of most reasons is the file's
 * path, and nothing else.
 */
public final class FileRefusal {
  private FileRefusal() {}

  /** Half a sentence, to stand behind a colon. */
  public static String of(IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> "there is no such file or folder";
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException taken -> "there is something of that name already";
      case NotDirectoryException file -> "it is no folder";
      case DirectoryNotEmptyException full -> "the folder is not empty";
      case FileSystemLoopException loop -> "symbolic links lead in a circle";
      case AtomicMoveNotSupportedException apart -> "it lies on another file system";
      case FileSystemException other -> said(other.getReason());
      case CharacterCodingException binary -> "it is not in UTF-8";
      default -> said(cause.getMessage());
    };
  }

  /** The system's own words, such as "No space left on device". */
  private static String said(@Nullable String words) {
    return Optional.ofNullable(words)
        .filter(text -> !text.isBlank())
        .orElse("the operating system does not say why");
  }
}
