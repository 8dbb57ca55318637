package dev.plumbline.dialect;

/** Where a new run can keep its before-images. */
public enum ImagePlace {
  /** In tables of its own, with the changed tables' types. */
  OWN,
  /** As text in the table that all runs share: the role may not make tables. */
  SHARED,
  /** Nowhere: the role may neither make tables nor write the shared one. */
  NONE
}
