import * as grpc from "@grpc/grpc-js";

/** A server of one of Pulumi's plugin protocols, on the loopback interface. */
export interface RunningServer {
  readonly port: number;
  stop(): void;
}

export function startServer(
  service: grpc.ServiceDefinition,
  methods: grpc.UntypedServiceImplementation,
): Promise<RunningServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(service, methods);
  return new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ port, stop: () => server.forceShutdown() });
    }),
  );
}
