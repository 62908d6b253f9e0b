import { hostileChecks } from "./hostile/properties";

hostileChecks();
