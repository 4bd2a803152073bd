package fr.jalon.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.jalon.bot.telegram.FakeBotApi.Call;
import fr.jalon.bot.telegram.FakeBotApi.Fault;
import fr.jalon.bot.telegram.FakeBotApi.Sent;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakeBotApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long ANNE = 11;
  private static final long BRUNO = 12;
  private static final long GROUP = -21;

  private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private final FakeBotApi api = new FakeBotApi("jalon_bot", () -> now);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  record Reply(int status, JsonNode json) {
    JsonNode result() {
      assertThat(status).as(json.toString()).isEqualTo(200);
      assertThat(json.path("ok").booleanValue()).isTrue();
      return json.path("result");
    }

    void isRefused(int code, String description) {
      assertThat(status).as(json.toString()).isEqualTo(code);
      assertThat(json.path("ok").booleanValue()).isFalse();
      assertThat(json.path("error_code").intValue()).isEqualTo(code);
      assertThat(json.path("description").textValue()).contains(description);
    }
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    api.close();
  }

  // How calls are made

  @ParameterizedTest
  @ValueSource(strings = {"getMe", "getme", "GETME"})
  void saysWhoItIs(String method) throws Exception {
    JsonNode me = call(method).result();
    assertThat(me.path("id").isIntegralNumber()).isTrue();
    assertThat(me.path("is_bot").booleanValue()).isTrue();
    assertThat(me.path("first_name").textValue()).isNotEmpty();
    assertThat(me.path("username").textValue()).isEqualTo("jalon_bot");
  }

  @ParameterizedTest
  @CsvSource({
    "/bot1:other/getMe, 401, Unauthorized",
    "/botTOKEN/getNothing, 404, method not found",
    "/botTOKEN/getMe/more, 404, Not Found",
    "/, 404, Not Found",
  })
  void refusesOtherAddresses(String path, int code, String description) throws Exception {
    send(request(path.replace("TOKEN", FakeBotApi.TOKEN)).GET()).isRefused(code, description);
  }

  @Test
  void refusesOtherVerbs() throws Exception {
    send(request("/bot" + FakeBotApi.TOKEN + "/getMe").DELETE()).isRefused(405, "Not Allowed");
  }

  @Test
  void readsParametersFromAQuery() throws Exception {
    api.says(ANNE, "bonjour");
    send(request("/bot" + FakeBotApi.TOKEN + "/sendMessage?chat_id=11&text=d%C3%A9j%C3%A0+vu")
            .GET())
        .result();
    assertThat(api.sent(ANNE)).extracting(Sent::text).containsExactly("déjà vu");
  }

  @Test
  void readsParametersFromAForm() throws Exception {
    api.says(ANNE, "bonjour");
    String markup = "{\"inline_keyboard\":[[{\"text\":\"Oui\",\"callback_data\":\"o\"}]]}";
    send(request("/bot" + FakeBotApi.TOKEN + "/sendMessage")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "chat_id=11&text=a%26b&reply_markup="
                        + URLEncoder.encode(markup, StandardCharsets.UTF_8))))
        .result();
    assertThat(api.sent(ANNE).getFirst().text()).isEqualTo("a&b");
    assertThat(api.sent(ANNE).getFirst().callbackData("Oui")).isEqualTo("o");
  }

  @Test
  void readsParametersFromAMultipartForm() throws Exception {
    api.says(ANNE, "bonjour");
    send(request("/bot" + FakeBotApi.TOKEN + "/sendMessage")
            .header("Content-Type", "multipart/form-data; boundary=b0")
            .POST(
                BodyPublishers.ofString(
                    """
                    --b0
                    Content-Disposition: form-data; name="chat_id"

                    11
                    --b0
                    Content-Disposition: form-data; name="text"
                    Content-Length: 5

                    à
                    b
                    --b0--
                    """
                        .replace("\n", "\r\n"))))
        .result();
    assertThat(api.sent(ANNE)).extracting(Sent::text).containsExactly("à\r\nb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "nothing"})
  void refusesABodyThatIsNoJsonObject(String body) throws Exception {
    post("getMe", body).isRefused(400, "JSON");
  }

  @Test
  void keepsEveryCall() throws Exception {
    api.says(ANNE, "bonjour");
    sends(ANNE, "un");
    sends(BRUNO, "deux");
    call("getnothing");
    assertThat(api.calls())
        .extracting(Call::method)
        .containsExactly("sendMessage", "sendMessage", "getnothing");
    assertThat(api.calls()).extracting(Call::status).containsExactly(200, 400, 404);
    assertThat(api.calls()).extracting(Call::at).containsOnly(now);
    assertThat(api.calls().get(1).chat()).isEqualTo(OptionalLong.of(BRUNO));
    assertThat(api.calls().get(1).params().path("text").textValue()).isEqualTo("deux");
    assertThat(api.calls("SENDMESSAGE")).hasSize(2);
  }

  // Updates

  @Test
  void givesUpdatesUntilTheyAreConfirmed() throws Exception {
    long first = api.says(ANNE, "un");
    long second = api.says(ANNE, "deux");
    assertThat(second).isEqualTo(first + 1);
    assertThat(updates("{}")).containsExactly(first, second);
    assertThat(updates("{\"offset\":0}")).containsExactly(first, second);
    assertThat(updates("{\"limit\":1}")).containsExactly(first);
    assertThat(api.confirmed()).isZero();

    assertThat(updates("{\"offset\":" + second + "}")).containsExactly(second);
    assertThat(api.confirmed()).isEqualTo(1);
    assertThat(api.queued()).isEqualTo(1);
    api.awaitConfirmed(first, Duration.ZERO);

    assertThat(updates("{\"offset\":" + (second + 1) + "}")).isEmpty();
    assertThat(updates("{}")).isEmpty();
    assertThat(api.confirmed()).isEqualTo(2);
  }

  @Test
  void givesTheLastUpdatesForANegativeOffset() throws Exception {
    api.says(ANNE, "un");
    long second = api.says(ANNE, "deux");
    assertThat(updates("{\"offset\":-1}")).containsExactly(second);
    assertThat(updates("{}")).containsExactly(second);
  }

  @Test
  void doesNotBelieveAnOffsetOfBeforeTheIdsRestarted() throws Exception {
    String next = "{\"offset\":" + (api.says(ANNE, "un") + 1) + "}";
    assertThat(updates(next)).isEmpty();
    long restarted = api.raw("{\"update_id\":500}");
    assertThat(updates(next)).containsExactly(restarted);
    assertThat(api.says(ANNE, "deux")).isEqualTo(501);
    assertThat(updates("{\"offset\":501}")).containsExactly(501L);
  }

  @Test
  void keepsUpdatesFor24Hours() throws Exception {
    api.says(ANNE, "un");
    now = now.plus(Duration.ofHours(23));
    long second = api.says(ANNE, "deux");
    now = now.plus(Duration.ofHours(2));
    assertThat(updates("{}")).containsExactly(second);
    assertThat(api.confirmed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"limit\":0}", "{\"limit\":101}", "{\"timeout\":-1}", "{\"offset\":\"x\"}"})
  void refusesWrongPolls(String params) throws Exception {
    post("getUpdates", params).isRefused(400, "must be");
  }

  @Test
  void holdsAPollUntilAnUpdateComes() throws Exception {
    CompletableFuture<Reply> poll = async("getUpdates", "{\"timeout\":50}");
    api.awaitPending("getUpdates", 1, LONGEST);
    assertThat(poll).isNotDone();
    long id = api.says(ANNE, "bonjour");
    assertThat(poll.get().result().path(0).path("update_id").longValue()).isEqualTo(id);
  }

  @Test
  void endsAPollWithNothingAfterItsTimeout() throws Exception {
    assertThat(updates("{\"timeout\":1}")).isEmpty();
  }

  @Test
  void endsAPollWhenAnotherBegins() throws Exception {
    CompletableFuture<Reply> first = async("getUpdates", "{\"timeout\":50}");
    api.awaitPending("getUpdates", 1, LONGEST);
    CompletableFuture<Reply> second = async("getUpdates", "{\"timeout\":50}");
    first.get().isRefused(409, "Conflict: terminated by other getUpdates request");
    api.awaitPending("getUpdates", 1, LONGEST);
    api.says(ANNE, "bonjour");
    assertThat(second.get().result()).hasSize(1);
  }

  @Test
  void refusesPollsWhileAWebhookIsSet() throws Exception {
    CompletableFuture<Reply> poll = async("getUpdates", "{\"timeout\":50}");
    api.awaitPending("getUpdates", 1, LONGEST);
    post("setWebhook", "{\"url\":\"https://jalon.example/hook\",\"secret_token\":\"a_B-9\"}")
        .result();
    poll.get().isRefused(409, "terminated by setWebhook request");
    call("getUpdates").isRefused(409, "webhook is active");
    assertThat(call("getWebhookInfo").result().path("url").textValue())
        .isEqualTo("https://jalon.example/hook");

    api.says(ANNE, "bonjour");
    post("deleteWebhook", "{\"drop_pending_updates\":true}").result();
    assertThat(call("getUpdates").result()).isEmpty();
    assertThat(call("getWebhookInfo").result().path("url").textValue()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\":\"http://jalon.example\"}",
        "{\"url\":\"https://jalon.example\",\"secret_token\":\"é\"}",
        "{\"url\":\"https://jalon.example\",\"max_connections\":101}",
      })
  void refusesWrongWebhooks(String params) throws Exception {
    assertThat(post("setWebhook", params).status()).isEqualTo(400);
  }

  // What people do

  @Test
  void givesAPrivateMessage() throws Exception {
    api.says(ANNE, "/start@jalon_bot vae");
    JsonNode message = call("getUpdates").result().path(0).path("message");
    assertThat(message.path("message_id").intValue()).isEqualTo(api.lastMessageId(ANNE));
    assertThat(message.path("date").longValue()).isEqualTo(now.getEpochSecond());
    assertThat(message.path("chat").path("id").longValue()).isEqualTo(ANNE);
    assertThat(message.path("chat").path("type").textValue()).isEqualTo("private");
    assertThat(message.path("from").path("id").longValue()).isEqualTo(ANNE);
    assertThat(message.path("from").path("is_bot").booleanValue()).isFalse();
    assertThat(message.path("entities").path(0))
        .isEqualTo(JSON.readTree("{\"offset\":0,\"length\":16,\"type\":\"bot_command\"}"));
  }

  @Test
  void givesAMessageOfAGroupChangedAtWill() throws Exception {
    api.says(GROUP, "supergroup", "bonjour", message -> message.put("message_thread_id", 4));
    JsonNode message = call("getUpdates").result().path(0).path("message");
    assertThat(message.path("chat").path("type").textValue()).isEqualTo("supergroup");
    assertThat(message.path("chat").path("title").textValue()).isNotEmpty();
    assertThat(message.path("from").path("id").longValue()).isPositive();
    assertThat(message.path("message_thread_id").intValue()).isEqualTo(4);
  }

  @Test
  void givesAnEditedMessage() throws Exception {
    api.says(ANNE, "bonjuor");
    api.edits(ANNE, 1, "bonjour");
    JsonNode updates = call("getUpdates").result();
    assertThat(updates.path(0).path("message").path("text").textValue()).isEqualTo("bonjuor");
    JsonNode edited = updates.path(1).path("edited_message");
    assertThat(edited.path("message_id").intValue()).isEqualTo(1);
    assertThat(edited.path("text").textValue()).isEqualTo("bonjour");
    assertThat(edited.has("edit_date")).isTrue();
  }

  @Test
  void givesATapWithItsMessage() throws Exception {
    api.says(ANNE, "bonjour");
    post(
            "sendMessage",
            "{\"chat_id\":11,\"text\":\"?\",\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"Oui\",\"callback_data\":\"o:1\"}]]}}")
        .result();
    Sent sent = api.sent(ANNE).getFirst();
    api.taps(ANNE, sent.messageId(), sent.callbackData("Oui"));
    JsonNode query = call("getUpdates").result().path(1).path("callback_query");
    assertThat(query.path("data").textValue()).isEqualTo("o:1");
    assertThat(query.path("from").path("id").longValue()).isEqualTo(ANNE);
    assertThat(query.path("message").path("message_id").intValue()).isEqualTo(sent.messageId());
    assertThat(query.path("message").path("reply_markup")).isEqualTo(sent.replyMarkup());

    post("answerCallbackQuery", "{\"callback_query_id\":" + query.path("id") + "}").result();
    assertThat(api.calls("answerCallbackQuery").getFirst().chat()).isEqualTo(OptionalLong.of(ANNE));
  }

  @Test
  void givesATapOnADeletedMessageWithoutItsText() throws Exception {
    int id = greeted("Oui ?");
    post("deleteMessage", "{\"chat_id\":11,\"message_id\":" + id + "}").result();
    api.taps(ANNE, id, "o");
    JsonNode message = call("getUpdates").result().path(1).path("callback_query").path("message");
    assertThat(message.path("date").intValue()).isZero();
    assertThat(message.has("text")).isFalse();
  }

  @Test
  void givesAnyObjectAsItIs() throws Exception {
    long id =
        api.raw("{\"message\":{\"chat\":{\"id\":12,\"type\":\"private\"},\"date\":\"never\"}}");
    api.raw("{\"update_id\":\"poison\",\"message\":{\"chat\":{\"id\":3,\"type\":\"channel\"}}}");
    JsonNode updates = call("getUpdates").result();
    assertThat(updates.path(0).path("update_id").longValue()).isEqualTo(id);
    assertThat(updates.path(0).path("message").path("date").textValue()).isEqualTo("never");
    assertThat(updates.path(1).path("update_id").textValue()).isEqualTo("poison");
    sends(BRUNO, "bonjour").result();
  }

  @ParameterizedTest
  @CsvSource({
    "11, bot was blocked by the user",
    "-21, bot was kicked from the group chat",
  })
  void refusesAChatThatBlockedTheBot(long chat, String why) throws Exception {
    api.says(chat, "bonjour");
    api.blocks(chat);
    JsonNode change = call("getUpdates").result().path(1).path("my_chat_member");
    assertThat(change.path("new_chat_member").path("status").textValue()).isEqualTo("kicked");
    assertThat(change.path("new_chat_member").path("user").path("is_bot").booleanValue()).isTrue();
    sends(chat, "bonjour").isRefused(403, "Forbidden: " + why);
    post("sendChatAction", "{\"chat_id\":" + chat + ",\"action\":\"typing\"}").isRefused(403, why);
    assertThat(api.sent(chat)).isEmpty();
    assertThatThrownBy(() -> api.says(chat, "non")).isInstanceOf(IllegalStateException.class);

    api.unblocks(chat);
    sends(chat, "bonjour").result();
  }

  @Test
  void refusesWhatNoPersonCouldDo() {
    assertThatThrownBy(() -> api.says(ANNE, "group", "x", message -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> api.says(GROUP, "channel", "x", message -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> api.edits(ANNE, 1, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> api.taps(ANNE, 1, "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> api.failNext("sendNothing", new Fault.Cut()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Messages

  @Test
  void returnsTheMessageItSent() throws Exception {
    api.says(ANNE, "bonjour");
    JsonNode message = sends(ANNE, "Bonjour !").result();
    assertThat(message.path("message_id").intValue()).isEqualTo(2);
    assertThat(message.path("date").longValue()).isEqualTo(now.getEpochSecond());
    assertThat(message.path("from")).isEqualTo(withoutRights(call("getMe").result()));
    assertThat(message.path("chat").path("id").longValue()).isEqualTo(ANNE);
    assertThat(sends(ANNE, "Bonjour !").result().path("message_id").intValue()).isEqualTo(3);
  }

  private static JsonNode withoutRights(JsonNode me) {
    ObjectNode user = me.deepCopy();
    return user.retain("id", "is_bot", "first_name", "username");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'text':'x'} | chat_id is empty",
        "{'chat_id':12,'text':'x'} | chat not found",
        "{'chat_id':'@anne','text':'x'} | chat not found",
        "{'chat_id':11} | message text is empty",
        "{'chat_id':11,'text':''} | message text is empty",
        "{'chat_id':11,'text':' \\n'} | text must be non-empty",
        "{'chat_id':11,'text':'<b></b>','parse_mode':'HTML'} | text must be non-empty",
        "{'chat_id':11,'text':'x','parse_mode':'MarkdownV2'} | unsupported parse_mode",
        "{'chat_id':11,'text':'x','reply_parameters':{'message_id':9}} | message to be replied not found",
      })
  void refusesWrongMessages(String params, String why) throws Exception {
    api.says(ANNE, "bonjour");
    post("sendMessage", params.replace('\'', '"')).isRefused(400, "Bad Request: " + why);
    assertThat(api.sent(ANNE)).isEmpty();
  }

  @Test
  void countsTheLengthOfATextInUtf16AfterItsEntities() throws Exception {
    api.says(ANNE, "bonjour");
    sends(ANNE, "é".repeat(4096)).result();
    sends(ANNE, "é".repeat(4097)).isRefused(400, "message is too long");
    sends(ANNE, "😀".repeat(2048)).result();
    sends(ANNE, "😀".repeat(2049)).isRefused(400, "message is too long");
    html("<b>" + "&amp;".repeat(4096) + "</b>").result();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<b>a</b> | a | [{'offset':0,'length':1,'type':'bold'}]",
        "<strong>a</strong> | a | [{'offset':0,'length':1,'type':'bold'}]",
        "<i>a</i> | a | [{'offset':0,'length':1,'type':'italic'}]",
        "<em>a</em> | a | [{'offset':0,'length':1,'type':'italic'}]",
        "<u>a</u> | a | [{'offset':0,'length':1,'type':'underline'}]",
        "<s>a</s> | a | [{'offset':0,'length':1,'type':'strikethrough'}]",
        "<code>a</code> | a | [{'offset':0,'length':1,'type':'code'}]",
        "<pre>a</pre> | a | [{'offset':0,'length':1,'type':'pre'}]",
        "<pre><code class=\"language-sql\">a</code></pre> | a | [{'offset':0,'length':1,'type':'pre','language':'sql'}]",
        "<blockquote>a</blockquote> | a | [{'offset':0,'length':1,'type':'blockquote'}]",
        "<blockquote expandable>a</blockquote> | a | [{'offset':0,'length':1,'type':'expandable_blockquote'}]",
        "<tg-spoiler>a</tg-spoiler> | a | [{'offset':0,'length':1,'type':'spoiler'}]",
        "<a href=\"https://x.fr/?a&amp;b\">a</a> | a | [{'offset':0,'length':1,'type':'text_link','url':'https://x.fr/?a&b'}]",
        "😀<b>é<i>a</i></b> | 😀éa | [{'offset':2,'length':2,'type':'bold'},{'offset':3,'length':1,'type':'italic'}]",
        "&lt;b&gt; &amp; &quot;&#233;&#xe9; | <b> & \"éé | []",
      })
  void parsesHtml(String source, String text, String entities) throws Exception {
    api.says(ANNE, "bonjour");
    html(source).result();
    Sent sent = api.sent(ANNE).getFirst();
    assertThat(sent.text()).isEqualTo(text);
    assertThat(sent.entities()).isEqualTo(JSON.readTree(entities.replace('\'', '"')));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a < b",
        "a > b",
        "a & b",
        "&nbsp;",
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<p>a</p>",
        "a<br/>b",
        "<b class=\"x\">a</b>",
        "<a>a</a>",
        "<a href=\"\">a</a>",
        "<a href=\"https://x.fr/?a&b\">a</a>",
        "<a href=https://x.fr>a</a>",
        "<a href=\"https://x.fr\">a<a href=\"https://y.fr\">b</a></a>",
        "<code>a<b>b</b></code>",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
      })
  void refusesWrongHtml(String source) throws Exception {
    api.says(ANNE, "bonjour");
    html(source).isRefused(400, "Bad Request: can't parse entities");
  }

  @Test
  void keepsEntitiesUnlessAParseModeIsGiven() throws Exception {
    api.says(ANNE, "bonjour");
    String bold = "[{'offset':0,'length':2,'type':'bold'}]";
    entities("😀a", bold).result();
    post(
            "sendMessage",
            "{'chat_id':11,'text':'<i>a</i>','parse_mode':'HTML','entities':%s}"
                .formatted(bold)
                .replace('\'', '"'))
        .result();
    assertThat(api.sent(ANNE).get(0).entities()).isEqualTo(JSON.readTree(bold.replace('\'', '"')));
    assertThat(api.sent(ANNE).get(1).entities())
        .isEqualTo(JSON.readTree("[{\"offset\":0,\"length\":1,\"type\":\"italic\"}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | array is expected",
        "[{'offset':0,'length':1,'type':'glow'}] | unknown type",
        "[{'offset':0,'length':1}] | unknown type",
        "[{'offset':-1,'length':1,'type':'bold'}] | offset < 0",
        "[{'offset':0,'length':0,'type':'bold'}] | length < 1",
        "[{'offset':3,'length':3,'type':'bold'}] | ends after the end of the text",
        "[{'offset':0,'length':1,'type':'bold'}] | in a middle of a UTF-16 symbol",
        "[{'offset':1,'length':1,'type':'bold'}] | in a middle of a UTF-16 symbol",
        "[{'offset':2,'length':1,'type':'text_link'}] | without url",
        "[{'offset':2,'length':2,'type':'bold'},{'offset':3,'length':2,'type':'italic'}] | nested",
        "[{'offset':2,'length':2,'type':'code'},{'offset':3,'length':1,'type':'bold'}] | nested",
      })
  void refusesWrongEntities(String entities, String why) throws Exception {
    api.says(ANNE, "bonjour");
    entities("😀abc", entities).isRefused(400, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'text':'a','callback_data':'64'}",
        "{'text':'a','url':'https://jalon.example'}",
        "{'text':'a','url':'tg://user?id=1'}",
      })
  void acceptsButtons(String button) throws Exception {
    api.says(ANNE, "bonjour");
    button(button).result();
    assertThat(api.sent(ANNE).getFirst().replyMarkup().path("inline_keyboard").path(0).path(0))
        .isEqualTo(JSON.readTree(button.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'callback_data':'a'} | text must be non-empty",
        "{'text':'a'} | one of url and callback_data",
        "{'text':'a','url':'https://x.fr','callback_data':'a'} | one of url and callback_data",
        "{'text':'a','callback_data':''} | BUTTON_DATA_INVALID",
        "{'text':'a','url':'x.fr'} | BUTTON_URL_INVALID",
      })
  void refusesWrongButtons(String button, String why) throws Exception {
    api.says(ANNE, "bonjour");
    button(button).isRefused(400, why);
  }

  @Test
  void countsCallbackDataInBytes() throws Exception {
    api.says(ANNE, "bonjour");
    button("{'text':'a','callback_data':'%s'}".formatted("é".repeat(32))).result();
    button("{'text':'a','callback_data':'%s'}".formatted("é".repeat(32) + "a"))
        .isRefused(400, "BUTTON_DATA_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"inline_keyboard\":[{}]}", "{\"inline_keyboard\":1}"})
  void refusesWrongKeyboards(String markup) throws Exception {
    api.says(ANNE, "bonjour");
    assertThat(
            post("sendMessage", "{\"chat_id\":11,\"text\":\"a\",\"reply_markup\":" + markup + "}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void editsAMessage() throws Exception {
    int id = greeted("un");
    JsonNode edited = edit(id, "deux").result();
    assertThat(edited.path("text").textValue()).isEqualTo("deux");
    assertThat(edited.path("edit_date").longValue()).isEqualTo(now.getEpochSecond());
    Sent sent = api.sent(ANNE).getFirst();
    assertThat(sent.text()).isEqualTo("deux");
    assertThat(sent.edits()).isEqualTo(1);
    assertThat(sent.messageId()).isEqualTo(id);
  }

  @Test
  void refusesWrongEdits() throws Exception {
    int id = greeted("un");
    edit(id, "un").isRefused(400, "Bad Request: message is not modified");
    edit(id, "").isRefused(400, "message text is empty");
    edit(99, "deux").isRefused(400, "Bad Request: message to edit not found");
    edit(1, "deux").isRefused(400, "message can't be edited");
    post("editMessageText", "{\"chat_id\":11,\"text\":\"a\"}")
        .isRefused(400, "message identifier is not specified");
    assertThat(api.sent(ANNE).getFirst().edits()).isZero();
  }

  @Test
  void deletesAMessageOnce() throws Exception {
    int id = greeted("un");
    String which = "{\"chat_id\":11,\"message_id\":" + id + "}";
    post("deleteMessage", which).result();
    assertThat(api.sent(ANNE)).extracting(Sent::deleted).containsExactly(true);
    post("deleteMessage", which).isRefused(400, "message to delete not found");
    edit(id, "deux").isRefused(400, "message to edit not found");
  }

  @Test
  void deletesNoMessageOlderThan48Hours() throws Exception {
    int id = greeted("un");
    now = now.plus(Duration.ofHours(49));
    post("deleteMessage", "{\"chat_id\":11,\"message_id\":" + id + "}")
        .isRefused(400, "message can't be deleted");
  }

  @Test
  void showsAnAction() throws Exception {
    api.says(ANNE, "bonjour");
    post("sendChatAction", "{\"chat_id\":11,\"action\":\"typing\"}").result();
    post("sendChatAction", "{\"chat_id\":11,\"action\":\"dancing\"}")
        .isRefused(400, "wrong parameter action");
    post("sendChatAction", "{\"chat_id\":12,\"action\":\"typing\"}")
        .isRefused(400, "chat not found");
  }

  @Test
  void refusesAnswersToUnknownTaps() throws Exception {
    post("answerCallbackQuery", "{\"callback_query_id\":\"1\"}").isRefused(400, "query is too old");
    post("answerCallbackQuery", "{\"text\":\"" + "a".repeat(201) + "\"}")
        .isRefused(400, "longer than 200");
  }

  // What a bot says of itself

  @Test
  void takesCommands() throws Exception {
    commands(command("start", "Commencer")).result();
    commands(command("a".repeat(32), "é".repeat(256)).repeat(100).replace("}{", "},{")).result();
    commands(command("start", "a").repeat(101).replace("}{", "},{"))
        .isRefused(400, "BOT_COMMANDS_TOO_MUCH");
    commands("").isRefused(400, "non-empty array");
    call("setMyCommands").isRefused(400, "non-empty array");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Start", "/start", "a-b", "aide é", "abcdefghijklmnopqrstuvwxyz0123456"})
  void refusesWrongCommandNames(String name) throws Exception {
    commands(command(name, "a")).isRefused(400, "BOT_COMMAND_INVALID");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void refusesWrongCommandDescriptions(int length) throws Exception {
    commands(command("start", "a".repeat(length)))
        .isRefused(400, "BOT_COMMAND_DESCRIPTION_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "setMyDescription, description, 512",
    "setMyShortDescription, short_description, 120"
  })
  void limitsDescriptions(String method, String name, int longest) throws Exception {
    post(method, JSON.writeValueAsString(Map.of(name, "é".repeat(longest)))).result();
    post(method, JSON.writeValueAsString(Map.of(name, "é".repeat(longest + 1))))
        .isRefused(400, "longer than " + longest);
  }

  // What goes wrong

  @Test
  void limitsMessagesPerSecondAndChat() throws Exception {
    api.limit(2);
    api.says(ANNE, "bonjour");
    api.says(BRUNO, "bonjour");
    sends(ANNE, "un").result();
    sends(ANNE, "deux").result();
    Reply third = sends(ANNE, "trois");
    third.isRefused(429, "Too Many Requests: retry after 1");
    assertThat(third.json().path("parameters").path("retry_after").intValue()).isEqualTo(1);
    sends(BRUNO, "un").result();
    now = now.plusSeconds(1);
    sends(ANNE, "trois").result();
    assertThat(api.sent(ANNE)).extracting(Sent::text).containsExactly("un", "deux", "trois");
  }

  @Test
  void refusesForTooManyAsPlanned() throws Exception {
    api.says(ANNE, "bonjour");
    api.failNext("sendmessage", new Fault.TooMany(7));
    Reply refused = sends(ANNE, "un");
    refused.isRefused(429, "retry after 7");
    assertThat(refused.json().path("parameters").path("retry_after").intValue()).isEqualTo(7);
    sends(ANNE, "deux").result();
    assertThat(api.sent(ANNE)).extracting(Sent::text).containsExactly("deux");
  }

  @Test
  void answersAStatusAsPlanned() throws Exception {
    api.failNext("getMe", new Fault.Status(502, "<html>Bad Gateway</html>"));
    HttpResponse<String> response =
        client.send(
            request("/bot" + FakeBotApi.TOKEN + "/getMe").GET().build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).isEqualTo("<html>Bad Gateway</html>");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    call("getMe").result();
  }

  @Test
  void cutsTheConnectionBeforeOrAfterTheWork() throws Exception {
    api.says(ANNE, "bonjour");
    api.failNext("sendMessage", new Fault.Cut());
    api.failNext("sendMessage", new Fault.CutAfter());
    assertThatThrownBy(() -> sends(ANNE, "un")).isInstanceOf(IOException.class);
    assertThat(api.sent(ANNE)).isEmpty();
    assertThatThrownBy(() -> sends(ANNE, "deux")).isInstanceOf(IOException.class);
    assertThat(api.sent(ANNE)).extracting(Sent::text).containsExactly("deux");
    assertThat(api.calls()).extracting(Call::status).containsExactly(0, 0);
  }

  @Test
  void hangsUntilReleasedWhileOthersAreServed() throws Exception {
    api.says(ANNE, "bonjour");
    api.says(BRUNO, "bonjour");
    Fault.Hang hang = new Fault.Hang();
    api.failNext("sendMessage", ANNE, hang);
    CompletableFuture<Reply> held = async("sendMessage", "{\"chat_id\":11,\"text\":\"un\"}");
    api.awaitPending("sendMessage", 1, LONGEST);
    sends(BRUNO, "deux").result();
    assertThat(held).isNotDone();
    assertThat(api.sent(ANNE)).isEmpty();
    hang.release();
    held.get().result();
    assertThat(api.sent(ANNE)).hasSize(1);
  }

  @Test
  void hitsOneChatOnlyAndInOrder() throws Exception {
    api.says(ANNE, "bonjour");
    api.says(BRUNO, "bonjour");
    api.failNext("sendMessage", ANNE, new Fault.TooMany(1));
    api.failNext("sendMessage", ANNE, new Fault.Status(500, "{\"ok\":false}"));
    assertThat(sends(BRUNO, "a").status()).isEqualTo(200);
    assertThat(sends(ANNE, "a").status()).isEqualTo(429);
    assertThat(sends(ANNE, "a").status()).isEqualTo(500);
    assertThat(sends(ANNE, "a").status()).isEqualTo(200);
  }

  @Test
  void closesWhileCallsAreHeld() throws Exception {
    api.failNext("getMe", new Fault.Hang());
    CompletableFuture<Reply> hanging = async("getMe", "{}");
    CompletableFuture<Reply> polling = async("getUpdates", "{\"timeout\":50}");
    api.awaitPending("getMe", 1, LONGEST);
    api.awaitPending("getUpdates", 1, LONGEST);
    api.close();
    assertThatThrownBy(hanging::get).hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(polling::get).hasCauseInstanceOf(IOException.class);
  }

  // What a test waits for

  @Test
  void waitsForMessagesCallsAndConfirmations() throws Exception {
    long update = api.says(ANNE, "bonjour");
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    replies.add(async("sendMessage", "{\"chat_id\":11,\"text\":\"un\"}"));
    replies.add(async("sendMessage", "{\"chat_id\":11,\"text\":\"deux\"}"));
    replies.add(async("getUpdates", "{\"offset\":" + (update + 1) + "}"));
    assertThat(api.awaitSent(ANNE, 2, LONGEST)).extracting(Sent::text).contains("un", "deux");
    assertThat(api.awaitSent(ANNE, sent -> sent.size() == 2, LONGEST)).hasSize(2);
    assertThat(api.awaitCalls("sendmessage", 2, LONGEST)).hasSize(2);
    api.awaitConfirmed(update, LONGEST);
    for (CompletableFuture<Reply> reply : replies) {
      reply.get().result();
    }
  }

  @Test
  void saysWhatWasThereWhenAWaitEnds() throws Exception {
    greeted("un");
    assertThatThrownBy(() -> api.awaitSent(ANNE, 2, Duration.ZERO))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 messages to 11")
        .hasMessageContaining("text=un");
    assertThatThrownBy(() -> api.awaitCalls("getMe", 1, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("sendMessage");
    assertThatThrownBy(() -> api.awaitConfirmed(1, Duration.ZERO))
        .isInstanceOf(AssertionError.class);
  }

  // Calls

  private int greeted(String text) throws Exception {
    api.says(ANNE, "bonjour");
    return sends(ANNE, text).result().path("message_id").intValue();
  }

  private Reply sends(long chat, String text) throws Exception {
    return post("sendMessage", JSON.writeValueAsString(Map.of("chat_id", chat, "text", text)));
  }

  private Reply html(String text) throws Exception {
    return post(
        "sendMessage",
        JSON.writeValueAsString(Map.of("chat_id", ANNE, "text", text, "parse_mode", "HTML")));
  }

  private Reply entities(String text, String entities) throws Exception {
    return post(
        "sendMessage",
        "{'chat_id':11,'text':'%s','entities':%s}".formatted(text, entities).replace('\'', '"'));
  }

  private Reply button(String button) throws Exception {
    return post(
        "sendMessage",
        "{'chat_id':11,'text':'?','reply_markup':{'inline_keyboard':[[%s]]}}"
            .formatted(button)
            .replace('\'', '"'));
  }

  private Reply edit(int messageId, String text) throws Exception {
    return post(
        "editMessageText",
        JSON.writeValueAsString(Map.of("chat_id", ANNE, "message_id", messageId, "text", text)));
  }

  private Reply commands(String commands) throws Exception {
    return post("setMyCommands", "{\"commands\":[" + commands + "]}");
  }

  private static String command(String name, String description) {
    return "{\"command\":\"%s\",\"description\":\"%s\"}".formatted(name, description);
  }

  private List<Long> updates(String params) throws Exception {
    List<Long> ids = new ArrayList<>();
    post("getUpdates", params)
        .result()
        .forEach(update -> ids.add(update.path("update_id").longValue()));
    return ids;
  }

  private Reply call(String method) throws Exception {
    return post(method, "{}");
  }

  private Reply post(String method, String body) throws Exception {
    return send(posting(method, body));
  }

  private CompletableFuture<Reply> async(String method, String body) {
    return client
        .sendAsync(posting(method, body).build(), BodyHandlers.ofString())
        .thenApply(FakeBotApiTest::reply);
  }

  private HttpRequest.Builder posting(String method, String body) {
    return request("/bot" + FakeBotApi.TOKEN + "/" + method)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.url().resolve(path)).timeout(LONGEST);
  }

  private Reply send(HttpRequest.Builder request) throws Exception {
    return reply(client.send(request.build(), BodyHandlers.ofString()));
  }

  private static Reply reply(HttpResponse<String> response) {
    try {
      return new Reply(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
