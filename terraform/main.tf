# The deployment that `make apply` makes. Everything in it is the module's, which can stand beside other modules just as well: examples/.
module "data_to_events" {
  source = "./modules/data-to-events"

  name         = var.name
  destroy_data = var.destroy_data
  functions    = var.functions
  release      = var.release
  encryption   = var.encryption
  ingest_api   = var.ingest_api
  lake         = var.lake
  queue        = var.queue
  store        = var.store
  bus          = var.bus
  consumer     = var.consumer
  alarms       = var.alarms
}
