package dev.plumbline.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is answered to a request. */
record Answer(int status, ObjectNode body) {
  boolean isError() {
    return status >= 400;
  }
}
