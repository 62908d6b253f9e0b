import { hostileStacks } from "./hostile/properties";

hostileStacks();
