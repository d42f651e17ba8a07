import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Plays a WSO2 product: a real JVM with a real heap, the product's ports, health endpoints and log.
 *
 * <p>Properties: carbon.home (required), carbon.http.port 9763, carbon.start.ms 1000 (health is 503 before),
 * carbon.version. GET /services/Version, /api/health-check/v1.0/health, /carbon/admin/login.jsp, /heap. POST
 * /_fault/heap?mb=N, /_fault/oom, /_fault/health?code=N, /_fault/slow?ms=N, /_fault/exit?code=N,
 * /_fault/reset.
 */
public class FakeCarbon {
  private static final List<byte[]> RETAINED = Collections.synchronizedList(new ArrayList<>());
  private static final String VERSION = System.getProperty("carbon.version", "5.11.0");
  private static volatile int healthStatus = 200;
  private static volatile long slowMs = 0;
  private static volatile boolean ready = false;
  private static PrintStream log;

  public static void main(String[] args) throws Exception {
    Path logs = Path.of(System.getProperty("carbon.home"), "repository/logs");
    Files.createDirectories(logs);
    log = new PrintStream(new FileOutputStream(logs.resolve("wso2carbon.log").toFile(), true), true);
    long startedAt = System.currentTimeMillis();
    info("core.internal.CarbonCoreActivator", "Starting WSO2 Carbon...");
    serve(Integer.getInteger("carbon.http.port", 9763));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> info("core.init.CarbonServerManager", "Halting JVM")));
    Thread.sleep(Long.getLong("carbon.start.ms", 1000));
    ready = true;
    long seconds = Math.max(1, (System.currentTimeMillis() - startedAt) / 1000);
    info("core.internal.StartupFinalizerServiceComponent", "WSO2 Carbon started in " + seconds + " sec");
    Thread.currentThread().join();
  }

  private static void serve(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 50);
    server.createContext("/api/health-check/v1.0/health", page("application/json", () -> healthStatus, "{\"health\":[]}"));
    server.createContext("/carbon/admin/login.jsp", page("text/html", () -> 200, "<title>WSO2 Management Console</title>"));
    server.createContext("/services/Version", page("text/xml", () -> 200,
        "<ns:getVersionResponse><return>WSO2 Identity Server-" + VERSION + "</return></ns:getVersionResponse>"));
    server.createContext("/heap", exchange -> reply(exchange, 200, "application/json", heap()));
    server.createContext("/_fault/", FakeCarbon::fault);
    server.setExecutor(Executors.newFixedThreadPool(8, task -> {
      Thread thread = new Thread(task, "http-nio-" + port + "-exec");
      thread.setDaemon(true);
      return thread;
    }));
    server.start();
  }

  private static HttpHandler page(String type, java.util.function.IntSupplier status, String body) {
    return exchange -> {
      pause(slowMs);
      reply(exchange, ready ? status.getAsInt() : 503, type, body);
    };
  }

  private static void fault(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    switch (exchange.getRequestURI().getPath().substring("/_fault/".length())) {
      case "heap" -> {
        retain(Integer.parseInt(query.getOrDefault("mb", "8")));
        System.gc(); // so that all of it is in the old generation
      }
      case "reset" -> {
        RETAINED.clear();
        System.gc();
        healthStatus = 200;
        slowMs = 0;
      }
      case "oom" -> new Thread(() -> retain(Integer.MAX_VALUE), "oom").start();
      case "health" -> healthStatus = Integer.parseInt(query.getOrDefault("code", "500"));
      case "slow" -> slowMs = Long.parseLong(query.getOrDefault("ms", "0"));
      case "exit" -> new Thread(() -> System.exit(Integer.parseInt(query.getOrDefault("code", "1")))).start();
      default -> {
        reply(exchange, 404, "text/plain", "no such fault");
        return;
      }
    }
    reply(exchange, 200, "application/json", heap());
  }

  private static void retain(int megabytes) {
    for (int i = 0; i < megabytes; i++) {
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 1);
      RETAINED.add(block);
    }
  }

  private static String heap() {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    return "{\"used\":" + used + ",\"max\":" + runtime.maxMemory() + ",\"retainedMb\":" + RETAINED.size() + "}";
  }

  private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
    byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Server", "WSO2 Carbon Server");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    String query = exchange.getRequestURI().getQuery();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return values;
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static synchronized void info(String source, String message) {
    String time = new SimpleDateFormat("yyyy-MM-dd HH:mm:ss,SSS").format(new Date());
    log.println("TID: [-1234] [] [" + time + "]  INFO {org.wso2.carbon." + source + "} - " + message);
  }
}
