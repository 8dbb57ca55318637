package dev.plumbline.transform;

import dev.plumbline.journal.DocumentImages.Image;
import java.util.List;

/** Keeps what a run does to documents where people can look at it. Safe for several threads. */
interface Evidence {

  /** Nothing is kept but in the journal. */
  Evidence NONE =
      new Evidence() {
        @Override
        public void before(List<Image> images) {}

        @Override
        public void after(List<Image> images) {}
      };

  /** These documents are about to be written; called before the requests go out. */
  void before(List<Image> images);

  /** These documents are written. */
  void after(List<Image> images);
}
