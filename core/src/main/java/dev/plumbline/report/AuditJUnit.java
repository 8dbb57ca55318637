package dev.plumbline.report;

import dev.plumbline.audit.AuditReport;
import dev.plumbline.audit.AuditResult;
import dev.plumbline.audit.Verdict;
import dev.plumbline.error.PlumblineException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * An audit as JUnit XML, which CI systems show as tests: each invariant is one; a violation is a
 * failure, and one that could not be looked at is an error.
 */
public final class AuditJUnit {
  private final XMLStreamWriter xml;

  private AuditJUnit(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** One document. */
  public static String of(AuditReport report) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      new AuditJUnit(xml).suite(report);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a StringWriter does not fail", e);
    }
    return text + "\n";
  }

  private void suite(AuditReport report) throws XMLStreamException {
    Duration total =
        report.results().stream().map(AuditResult::took).reduce(Duration.ZERO, Duration::plus);
    xml.writeStartElement("testsuite");
    attribute("name", "plumb audit " + report.project());
    attribute("tests", String.valueOf(report.results().size()));
    attribute("failures", number(report, Verdict.VIOLATED));
    attribute("errors", number(report, Verdict.BLIND));
    attribute("time", seconds(total));
    attribute("timestamp", report.at().toString());
    for (AuditResult result : report.results()) {
      xml.writeCharacters("\n  ");
      test(report, result);
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
  }

  private static String number(AuditReport report, Verdict verdict) {
    return String.valueOf(
        report.results().stream().filter(result -> result.verdict() == verdict).count());
  }

  private void test(AuditReport report, AuditResult result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", report.project());
    attribute("name", result.invariant().name());
    attribute("time", seconds(result.took()));
    switch (result.verdict()) {
      case HOLDS -> {}
      case WARNS -> outcome("system-out", result);
      case VIOLATED -> outcome("failure", result);
      case BLIND -> outcome("error", result);
    }
    xml.writeEndElement();
  }

  private void outcome(String element, AuditResult result) throws XMLStreamException {
    String summary =
        result
            .counts()
            .map(counts -> CountsText.line(result.invariant(), counts))
            .or(() -> result.error().map(PlumblineException::what))
            .orElse("");
    xml.writeStartElement(element);
    if (element.equals("system-out")) {
      characters("warning: " + summary + "\n");
    } else {
      attribute("type", Verdicts.word(result.verdict()));
      attribute("message", summary);
    }
    characters(details(result));
    xml.writeEndElement();
  }

  private static String details(AuditResult result) {
    String says = result.invariant().terms().says().map(s -> s.strip() + "\n").orElse("");
    String error =
        result.error().map(e -> e.what() + "\n" + e.safe() + "\n" + e.next() + "\n").orElse("");
    String samples =
        Samples.of(result).stream().map(AuditJUnit::listed).collect(Collectors.joining());
    return says + error + samples;
  }

  private static String listed(Samples samples) {
    String sort = samples.sort().map(s -> s + ", " + samples.total() + " in all:\n").orElse("");
    String rows = String.join("\n", samples.table().lines(TextStyle.plain(), 0));
    return sort + rows + "\n" + samples.more().map(more -> more + "\n").orElse("");
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, Printable.of(value));
  }

  /** XML cannot hold most control characters, not even escaped. */
  private void characters(String text) throws XMLStreamException {
    xml.writeCharacters(
        text.lines().map(Printable::of).collect(Collectors.joining("\n", "", "\n")));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1_000.0);
  }
}
