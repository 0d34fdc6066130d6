import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small JSON service as many are: Netty on the socket that it is handed, descriptor 3, Jackson for the answers, a log. With {@code once} it ends after one client. */
public final class Service {
    private static final Logger LOG = Logger.getLogger("service");
    private static final Pattern REQUEST = Pattern.compile("(?s)GET /hello/(\\w+) HTTP/1\\.[01]\\r?\\n.*");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What it answers. */
    public record Greeting(String text, String at) {}

    private Service() {}

    public static void main(String[] arguments) throws InterruptedException {
        boolean once = arguments.length > 0;
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        ServerBootstrap server = new ServerBootstrap();
        server.group(group).channelFactory(() -> new EpollServerSocketChannel(3)).childHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel client) {
                client.pipeline().addLast(new Hello());
                if (once) {
                    client.closeFuture().addListener(end -> System.exit(0));
                }
            }
        });
        Channel listener = server.register().sync().channel();
        LOG.info("serving on " + listener.localAddress());
        listener.closeFuture().sync();
    }

    private static final class Hello extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext client, ByteBuf request) throws Exception {
            Matcher line = REQUEST.matcher(request.toString(StandardCharsets.US_ASCII));
            String name = line.matches() ? line.group(1) : "nobody";
            byte[] body = JSON.writeValueAsBytes(new Greeting("hello " + name, ZonedDateTime.now().toString()));
            String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                    + "\r\nConnection: close\r\n\r\n";
            client.writeAndFlush(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }
}
